import { useEffect, useState } from "react";
import type { RunView } from "../../../ipc";

/** Records of a run that have their outcome. */
export const settledRecords = ({ summary }: RunView): number =>
  summary.total_records - summary.tally.waiting_records - summary.tally.asked_records;

export interface Minute {
  /** Minutes since 1970. */
  minute: number;
  records: number;
}

interface Watched {
  settled: number;
  minutes: Minute[];
}

const shown_minutes = 10;

/** What this window saw of each run that it watched; kept while the window is open. */
const watched = new Map<number, Watched>();

/** Notes how far a run is, and gives the records that were settled in each of the last ten minutes, the oldest first. */
function minutesOf(view: RunView, now: number = Date.now()): Minute[] {
  const { run } = view.summary;
  const minute = Math.floor(now / 60_000);
  const settled = settledRecords(view);
  const before = watched.get(run);
  if (!before) {
    watched.set(run, { settled, minutes: [] });
    return [];
  }
  const gained = settled - before.settled;
  before.settled = settled;
  if (gained > 0) {
    const last = before.minutes.at(-1);
    if (last?.minute === minute) last.records += gained;
    else before.minutes.push({ minute, records: gained });
    before.minutes = before.minutes.filter((one) => one.minute > minute - shown_minutes);
  }
  const first = before.minutes[0]?.minute ?? minute;
  const last = before.minutes.at(-1)?.minute ?? minute;
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    minute: first + index,
    records: before.minutes.find((one) => one.minute === first + index)?.records ?? 0,
  }));
}

/** The records that were settled in each of the last minutes, kept up with what the engine tells. */
export function useMinutes(view: RunView): Minute[] {
  const [minutes, setMinutes] = useState<Minute[]>([]);
  useEffect(() => setMinutes(minutesOf(view)), [view]);
  return minutes;
}
