import { useState } from "react";
import type { DuplicateAction, LedgerLine, RetryLines } from "../../../ipc";
import type { Planning } from "../usePlanning";
import type { Edits } from "./EditDialog";
import { useKeptEdits, type KeptEdits } from "./keptEdits";

const withEdits = (now: KeptEdits, line: number, values: Edits): KeptEdits => {
  const next = new Map(now);
  if (Object.keys(values).length === 0) next.delete(line);
  else next.set(line, values);
  return next;
};

const some = (edits: KeptEdits, of: (line: number) => boolean): KeptEdits =>
  new Map([...edits].filter(([line]) => of(line)));

/**
 * Sending failed records again: what was typed for them, what becomes of duplicates among them, and the calls that plan the new
 * run, which then has the edits.
 */
export function useRetry(run: number, planning: Planning) {
  const [edits, change] = useKeptEdits(run);
  const [on_duplicate, chooseOnDuplicate] = useState<DuplicateAction | null>(null);
  const start = (lines: RetryLines, sent: KeptEdits) =>
    planning.start(
      "runs.retry",
      { run, lines, edits: [...sent].map(([line, values]) => ({ line, values })), on_duplicate },
      () => change((now) => some(now, (line) => !sent.has(line))),
    );
  return {
    edits,
    on_duplicate,
    chooseOnDuplicate,
    keep: (line: LedgerLine, values: Edits) => change((now) => withEdits(now, line.line, values)),
    one: (line: LedgerLine, values: Edits) => {
      change((now) => withEdits(now, line.line, values));
      start({ kind: "picked", lines: [line.line] }, withEdits(new Map(), line.line, values));
    },
    picked: (lines: number[]) =>
      start(
        { kind: "picked", lines },
        some(edits, (line) => lines.includes(line)),
      ),
    failed: () => start({ kind: "failed" }, edits),
    unanswered: () => start({ kind: "unanswered" }, new Map()),
  };
}
