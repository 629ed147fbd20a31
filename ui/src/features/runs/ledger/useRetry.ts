import { useState } from "react";
import type { LedgerLine, RetryLines } from "../../../ipc";
import type { Planning } from "../usePlanning";
import type { Edits } from "./EditDialog";

/** Sending failed records again: what was typed for them, and the calls that plan the new run. */
export function useRetry(run: number, planning: Planning) {
  const [edits, setEdits] = useState<ReadonlyMap<number, Edits>>(new Map());
  const start = (lines: RetryLines, kept: ReadonlyMap<number, Edits>) =>
    planning.start("runs.retry", {
      run,
      lines,
      edits: [...kept].map(([line, values]) => ({ line, values })),
    });
  const withEdits = (line: LedgerLine, values: Edits) => {
    const next = new Map(edits);
    if (Object.keys(values).length === 0) next.delete(line.line);
    else next.set(line.line, values);
    return next;
  };
  return {
    edits,
    keep: (line: LedgerLine, values: Edits) => setEdits(withEdits(line, values)),
    one: (line: LedgerLine, values: Edits) => {
      const kept = withEdits(line, values);
      setEdits(kept);
      const own = kept.get(line.line);
      start({ kind: "picked", lines: [line.line] }, own ? new Map([[line.line, own]]) : new Map());
    },
    picked: (lines: number[]) =>
      start({ kind: "picked", lines }, new Map([...edits].filter(([line]) => lines.includes(line)))),
    failed: () => start({ kind: "failed" }, edits),
    unanswered: () => start({ kind: "unanswered" }, new Map()),
  };
}
