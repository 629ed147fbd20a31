import type { RunView } from "../../../ipc";

/** Records of a run that have their outcome. */
export const settledRecords = ({ summary }: RunView): number =>
  summary.total_records - summary.tally.waiting_records - summary.tally.asked_records;
