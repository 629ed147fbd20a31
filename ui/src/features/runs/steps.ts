import type { RunState } from "../../ipc";

/** The way of a run, in the order of its path. */
export const steps = ["Choose", "Preflight", "Map", "Plan", "Send", "Ledger"] as const;

export const step_of_state: Record<RunState, (typeof steps)[number]> = {
  planning: "Map",
  planned: "Plan",
  sending: "Send",
  waiting: "Send",
  cancelling: "Send",
  done: "Ledger",
  cancelled: "Ledger",
  failed: "Ledger",
};
