import type { RunKind, RunState } from "../../ipc";

/** The way of a run by its kind, in the order of its path. */
export const steps: Record<RunKind, readonly string[]> = {
  export: ["Choose", "Preflight", "Map", "Find duplicates", "Plan", "Send", "Ledger"],
  undo: ["Find changes", "Plan", "Send", "Ledger"],
};

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
