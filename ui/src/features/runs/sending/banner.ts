import type { RunState } from "../../../ipc";

/** Whether the sentence of a run stands in a banner, with what mends it, and not beside the count. */
export const isToldInBanner = (state: RunState): boolean =>
  state === "waiting" || state === "failed" || state === "cancelling";
