import type { ListCheck, MappingPreview, MappingProblem, MappingRowView } from "../../../ipc";
import { same, type DraftRow } from "./draft";

/** An answer of the engine with the keys of the rows that it was asked about, in order. */
export interface Answered<Answer> {
  answer: Answer;
  keys: number[];
  /** The rows themselves, where what was said of another source or target is no answer any more. */
  about?: DraftRow[];
}

const waiting = (one: DraftRow): MappingRowView => ({
  row: 0,
  source: "",
  source_kind: "",
  sample_value: "",
  target_label: "",
  target_name: one.row.target,
  target_kind: null,
  target_type: "",
  required: false,
  on_update: one.row.on_update,
  hierarchy: null,
  block: one.row.block,
  result: "",
  result_note: "",
  verdict: "unknown",
  verdict_sentence: "",
});

/** New row numbers of old ones, both from 1; rows that are gone are missing. */
function renumbering(keys: number[], rows: DraftRow[]): Map<number, number> {
  const now = new Map(rows.map((one, index) => [one.key, index + 1]));
  return new Map(
    keys.flatMap((key, index) => {
      const row = now.get(key);
      return row === undefined ? [] : [[index + 1, row] as const];
    }),
  );
}

const inOrder = (keys: number[], rows: DraftRow[]) =>
  keys.length === rows.length && keys.every((key, index) => key === rows[index]?.key);

/** Tells an answer's problems by the rows' places now. */
export function alignProblems(
  { answer, keys }: Answered<MappingProblem[]>,
  rows: DraftRow[],
): MappingProblem[] {
  const numbers = renumbering(keys, rows);
  return answer.flatMap((problem) => {
    if (problem.row === null) return [problem];
    const row = numbers.get(problem.row);
    return row === undefined ? [] : [{ ...problem, row }];
  });
}

/** What was answered about rows as they stood, told of the rows as they stand: each keeps its own until the next answer. */
export function alignPreview({ answer, keys }: Answered<MappingPreview>, rows: DraftRow[]): MappingPreview {
  if (inOrder(keys, rows)) return answer;
  const numbers = renumbering(keys, rows);
  const views = new Map(keys.map((key, index) => [key, answer.rows[index]]));
  return {
    ...answer,
    rows: rows.map((one, index) => ({ ...(views.get(one.key) ?? waiting(one)), row: index + 1 })),
    problems: alignProblems({ answer: answer.problems, keys }, rows),
    changed_rows: answer.changed_rows.flatMap((row) => numbers.get(row) ?? []),
  };
}

/** Numbers, from 1, of the rows that have another source or target since they were asked about. */
function changedSince(about: DraftRow[], rows: DraftRow[]): Set<number> {
  const now = new Map(rows.map((one) => [one.key, one.row]));
  return new Set(
    about.flatMap(({ key, row }, index) => {
      const other = now.get(key);
      const is_same = other === row || (other?.target === row.target && same(other.source, row.source));
      return is_same ? [] : [index + 1];
    }),
  );
}

/** The same for what rows do to a list; rows that were not looked at, or not as they are now, are missing. */
export function alignListCheck({ answer, keys, about = [] }: Answered<ListCheck>, rows: DraftRow[]): ListCheck {
  const changed = changedSince(about, rows);
  if (inOrder(keys, rows) && changed.size === 0) return answer;
  const numbers = renumbering(keys, rows);
  return {
    ...answer,
    rows: answer.rows.flatMap((one) => {
      const row = changed.has(one.row) ? undefined : numbers.get(one.row);
      return row === undefined ? [] : [{ ...one, row }];
    }),
  };
}
