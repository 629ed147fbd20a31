import type { RunKind, RunState } from "../../ipc";

/** The way of a run by its kind, in the order of its path. */
export const steps: Record<RunKind, readonly string[]> = {
  export: ["Choose", "Preflight", "Map", "Find duplicates", "Plan", "Send", "Ledger"],
  undo: ["Find changes", "Plan", "Send", "Ledger"],
};

/** Steps before the plan as they stand in an address; each can be looked at again, and none is repeated. */
export type DoneStepName = "choose" | "preflight" | "map" | "duplicates";

const done_steps: Record<string, DoneStepName> = {
  Choose: "choose",
  Preflight: "preflight",
  Map: "map",
  "Find duplicates": "duplicates",
};

/** The address of a step before the plan; nothing for another one. */
export const doneStepOf = (title: string): DoneStepName | undefined => done_steps[title];

/** The step before the plan that an address names; `null` for anything else. */
export const doneStep = (kind: RunKind, part: string | undefined): DoneStepName | null =>
  (kind === "export" && Object.values(done_steps).find((name) => name === part)) || null;

/** Its place on the path of an export, from 0. */
export const placeOfStep = (name: DoneStepName): number =>
  steps.export.findIndex((title) => done_steps[title] === name);

const step_of_state: Record<RunState, string> = {
  planning: "Map",
  planned: "Plan",
  sending: "Send",
  waiting: "Send",
  cancelling: "Send",
  done: "Ledger",
  cancelled: "Ledger",
  failed: "Ledger",
};

/** Where on its path a run is, from 0. */
export const stepOf = (kind: RunKind, state: RunState): number =>
  Math.max(0, steps[kind].indexOf(step_of_state[state]));
