import { useCallback, useState } from "react";
import type { Target } from "../../../ipc";
import { target_words } from "../../words";
import { useMappingDraft, type MappingDraft } from "./useMappingDraft";

export type { DraftRow } from "./draft";
export type { MappingDraft } from "./useMappingDraft";

/** The mappings of all objects as they are being edited; kept while other tabs are looked at. */
export interface MappingDrafts {
  /** The object that is looked at. */
  object: Target;
  setObject(object: Target): void;
  of(object: Target): MappingDraft;
  /** What is changed, in words, over all objects. */
  changes: string[];
  /** What refuses a save, over all objects. */
  errorCount: number;
  /** Whether a changed mapping did not pass a test as it stands. */
  untested: boolean;
  saving: boolean;
  /** Saves every changed mapping; false when one of them was refused. */
  save(note?: string): Promise<boolean>;
  discard(): void;
  /** Opens the first row that refuses a save. */
  showFirstError(): void;
  /** Says that somebody looks at mappings; nothing is read before. */
  look(): void;
}

export function useMappingDrafts(): MappingDrafts {
  const [object, setObject] = useState<Target>("contact");
  const [on, setOn] = useState(false);
  const account = useMappingDraft("account", on, useCallback(() => setObject("account"), []));
  const contact = useMappingDraft("contact", on, useCallback(() => setObject("contact"), []));
  const lead = useMappingDraft("lead", on, useCallback(() => setObject("lead"), []));
  const drafts = { account, contact, lead };
  const all = [account, contact, lead];
  const changed = all.filter((draft) => draft.changed);
  const several = changed.length > 1 || (changed[0] !== undefined && changed[0].object !== object);
  return {
    object,
    setObject,
    of: (one) => drafts[one],
    changes: changed.flatMap((draft) =>
      several
        ? draft.changes.map((words) => `${target_words[draft.object].many}: ${words}`)
        : draft.changes,
    ),
    errorCount: changed.reduce((sum, draft) => sum + draft.errors.length, 0),
    untested: changed.some((draft) => draft.preview?.tested === false),
    saving: all.some((draft) => draft.saving),
    save: async (note = "") => {
      let saved = true;
      for (const draft of changed) saved = (await draft.save(note)) && saved;
      return saved;
    },
    discard: () => {
      for (const draft of changed) draft.discard();
    },
    showFirstError: () => {
      const draft = changed.find((one) => one.errors.length > 0);
      if (!draft) return;
      const row = draft.errors.find((problem) => problem.row !== null)?.row;
      setObject(draft.object);
      if (row) draft.showRow(row);
    },
    look: useCallback(() => setOn(true), []),
  };
}
