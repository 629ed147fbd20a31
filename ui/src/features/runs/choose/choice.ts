import type { Selection, Target } from "../../../ipc";

/** What somebody chose on another page to be exported, until the run page has taken it. */
export interface ChosenProfiles {
  list_id: number;
  object: Target;
  selection: Selection;
}

let chosen: ChosenProfiles | null = null;

/** Kept in memory, not in the address: a selection may hold 100,000 ids. */
export function chooseForExport(choice: ChosenProfiles): void {
  chosen = choice;
}

export const chosenForExport = (): ChosenProfiles | null => chosen;
