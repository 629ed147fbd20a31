import type { MappingRow, MappingSource, OnUpdate } from "../../../ipc";

/** A row while it is edited. The key stays with it, wherever it moves. */
export interface DraftRow {
  key: number;
  row: MappingRow;
}

let next_key = 1;

/** Gives a row its key. */
export const draftRow = (row: MappingRow): DraftRow => ({ key: next_key++, row });

/** A row in which nothing is chosen yet. */
export const blank_row: MappingRow = {
  source: { kind: "field", field: "" },
  target: "",
  on_update: "fill_if_blank",
  clear_when_blank: false,
  block: null,
  overflow: "truncate",
  value_map: {},
  source_unit: null,
  phone_format: "as_is",
  date_order: "month_first",
  time_zone: null,
  lookup: null,
};

/** Whether two values of the contract say the same, whatever the order of their members. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

/** Whether rows are the same rows in the same order. */
export const sameRows = (draft: DraftRow[], rows: MappingRow[]): boolean =>
  draft.length === rows.length && draft.every((one, index) => same(one.row, rows[index]));

/** Rows that stand together: those of one target, or one alone. `end` is the place after the last. */
export interface Span {
  start: number;
  end: number;
}

/** The span that the row at `index` stands in. */
export function spanOf(rows: DraftRow[], index: number): Span {
  const target = rows[index]?.row.target ?? "";
  let start = index;
  let end = index + 1;
  if (target !== "") {
    while (start > 0 && rows[start - 1]?.row.target === target) start -= 1;
    while (rows[end]?.row.target === target) end += 1;
  }
  return { start, end };
}

/** Brings the rows of one target together, each behind the first of them. */
export function together(rows: MappingRow[]): MappingRow[] {
  const groups = new Map<string, MappingRow[]>();
  rows.forEach((row, index) => {
    const name = row.target === "" ? `\n${index}` : row.target;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  });
  return [...groups.values()].flat();
}

const at = (rows: DraftRow[], key: number) => rows.findIndex((one) => one.key === key);

const change = (rows: DraftRow[], key: number, edit: (row: MappingRow) => MappingRow): DraftRow[] =>
  rows.map((one) => (one.key === key ? { key, row: edit(one.row) } : one));

/** Another source. What only fits the old one, its values' map, goes with it. */
export const setSource = (rows: DraftRow[], key: number, source: MappingSource): DraftRow[] =>
  change(rows, key, (row) => ({
    ...row,
    source,
    value_map: row.source.kind === source.kind ? row.value_map : {},
  }));

/** Sets some members of one row. */
export const setRow = (rows: DraftRow[], key: number, members: Partial<MappingRow>): DraftRow[] =>
  change(rows, key, (row) => ({ ...row, ...members }));

/** Another target. A row whose target is mapped already goes behind the others of it, and updates as they do. */
export function setTarget(rows: DraftRow[], key: number, target: string): DraftRow[] {
  const from = at(rows, key);
  const moving = rows[from];
  if (!moving || moving.row.target === target) return rows;
  const rest = rows.filter((one) => one.key !== key);
  const last = target === "" ? -1 : rest.findLastIndex((one) => one.row.target === target);
  const on_update = rest[last]?.row.on_update ?? moving.row.on_update;
  const value_map = moving.row.target === "" ? moving.row.value_map : {};
  const row = { key, row: { ...moving.row, target, on_update, value_map, lookup: null } };
  // A row that leaves the middle of its hierarchy must not split it.
  const old = spanOf(rows, from);
  const to = last >= 0 ? last + 1 : from > old.start && from < old.end - 1 ? old.end - 1 : from;
  return rest.toSpliced(to, 0, row);
}

/** What an update does, for all rows of the target. */
export function setOnUpdate(rows: DraftRow[], key: number, on_update: OnUpdate): DraftRow[] {
  const { start, end } = spanOf(rows, at(rows, key));
  return rows.map((one, index) =>
    index >= start && index < end ? { ...one, row: { ...one.row, on_update } } : one,
  );
}

export const remove = (rows: DraftRow[], key: number): DraftRow[] => rows.filter((one) => one.key !== key);

/** The same row again, behind its hierarchy's last. */
export function duplicate(rows: DraftRow[], key: number, copy: DraftRow): DraftRow[] {
  const index = at(rows, key);
  return index < 0 ? rows : rows.toSpliced(spanOf(rows, index).end, 0, copy);
}

/** A row again at its old place; never between the rows of another target. */
export function putBack(rows: DraftRow[], one: DraftRow, index: number): DraftRow[] {
  const last = rows.findLastIndex((other) => other.row.target === one.row.target && other.row.target !== "");
  const old = Math.min(index, rows.length);
  const place = last >= 0 ? last + 1 : old < rows.length ? spanOf(rows, old).start : old;
  return rows.toSpliced(place, 0, one);
}

function moveSpan(rows: DraftRow[], span: Span, gap: number): DraftRow[] {
  if (gap >= span.start && gap <= span.end) return rows;
  const moved = rows.slice(span.start, span.end);
  const to = gap > span.end ? gap - moved.length : gap;
  return rows.toSpliced(span.start, moved.length).toSpliced(to, 0, ...moved);
}

/** A gap that lies in somebody else's hierarchy is taken for the one beside it, on the side that is gone to. */
function besideGroups(rows: DraftRow[], gap: number, from: number): number {
  if (gap <= 0 || gap >= rows.length) return gap;
  const span = spanOf(rows, gap);
  if (span.start === gap) return gap;
  return gap > from ? span.end : span.start;
}

/** The gap that a row would really move to; `null` where it would stay. */
export function gapFor(rows: DraftRow[], key: number, gap: number): number | null {
  const from = at(rows, key);
  if (from < 0) return null;
  const span = spanOf(rows, from);
  if (gap >= span.start && gap <= span.end && span.end - span.start > 1) {
    return gap === from || gap === from + 1 ? null : gap;
  }
  const goal = besideGroups(rows, gap, from);
  return goal >= span.start && goal <= span.end ? null : goal;
}

/**
 * Moves a row to a gap: 0 is before the first row, the number of rows behind the last. Within its hierarchy it
 * changes places; farther away its whole hierarchy goes along, as the rows of one target stand together.
 */
export function moveToGap(rows: DraftRow[], key: number, gap: number): DraftRow[] {
  const from = at(rows, key);
  if (from < 0) return rows;
  const span = spanOf(rows, from);
  if (gap >= span.start && gap <= span.end) return moveSpan(rows, { start: from, end: from + 1 }, gap);
  return moveSpan(rows, span, besideGroups(rows, gap, from));
}

/** One step up (-1) or down (1): within the hierarchy, and from its edge past the neighbour. */
export function moveStep(rows: DraftRow[], key: number, step: -1 | 1): DraftRow[] {
  const from = at(rows, key);
  if (from < 0) return rows;
  const span = spanOf(rows, from);
  const next = from + step;
  if (next < 0 || next >= rows.length) return rows;
  if (next >= span.start && next < span.end) return moveToGap(rows, key, step < 0 ? next : next + 1);
  const beside = spanOf(rows, next);
  return moveSpan(rows, span, step < 0 ? beside.start : beside.end);
}

/** To a place in its hierarchy, from 1; a row that is alone goes to that place in the whole table. */
export function moveToPosition(rows: DraftRow[], key: number, position: number): DraftRow[] {
  const from = at(rows, key);
  if (from < 0) return rows;
  const span = spanOf(rows, from);
  const first = span.end - span.start > 1 ? span.start : 0;
  const last = span.end - span.start > 1 ? span.end : rows.length;
  const goal = Math.min(Math.max(first + position - 1, first), last - 1);
  return moveToGap(rows, key, goal > from ? goal + 1 : goal);
}

/** Brings all rows of a block, with the hierarchies they stand in, to a gap. */
export function moveBlock(rows: DraftRow[], block: string, gap: number): DraftRow[] {
  const targets = new Set(rows.filter((one) => one.row.block === block).map((one) => one.row.target));
  const goes = (one: DraftRow) =>
    one.row.block === block || (one.row.target !== "" && targets.has(one.row.target));
  const goal = besideGroups(rows, gap, gap);
  return [
    ...rows.slice(0, goal).filter((one) => !goes(one)),
    ...rows.filter(goes),
    ...rows.slice(goal).filter((one) => !goes(one)),
  ];
}

/** One step of a block, with the hierarchies its rows stand in, past the neighbour above (-1) or below (1). */
export function moveBlockStep(rows: DraftRow[], block: string, step: -1 | 1): DraftRow[] {
  const spans = rows.flatMap((one, index) => (one.row.block === block ? [spanOf(rows, index)] : []));
  const first = Math.min(...spans.map((span) => span.start));
  const last = Math.max(...spans.map((span) => span.end));
  if (spans.length === 0 || (step < 0 ? first === 0 : last >= rows.length)) return rows;
  return moveBlock(rows, block, step < 0 ? spanOf(rows, first - 1).start : spanOf(rows, last).end);
}

/** Puts a row into a block, beside the others of it; `null` takes it out. */
export function setBlock(rows: DraftRow[], key: number, block: string | null): DraftRow[] {
  const after = setRow(rows, key, { block });
  const first = block === null ? -1 : after.findIndex((one) => one.row.block === block);
  return block === null || first < 0 ? after : moveBlock(after, block, spanOf(after, first).start);
}

/** Rows with what was before and what was taken back. */
export interface DraftState {
  rows: DraftRow[];
  /** The saved rows, to tell whether something is changed. */
  saved: MappingRow[];
  past: Step[];
  future: Step[];
}

interface Step {
  label: string;
  /** The rows on the other side of this step. */
  rows: DraftRow[];
  /** Edits of one text are one step while somebody types. */
  text: string | null;
}

export type DraftAction =
  | { do: "edit"; label: string; change: (rows: DraftRow[]) => DraftRow[]; text?: string }
  | { do: "undo" }
  | { do: "redo" }
  | { do: "discard" }
  | { do: "adopt"; saved: MappingRow[] }
  | { do: "saved"; rows: MappingRow[]; sent: DraftRow[] };

export const empty_draft: DraftState = { rows: [], saved: [], past: [], future: [] };

const most_steps = 200;

export const isChanged = (state: DraftState): boolean => !sameRows(state.rows, state.saved);

/** Rows in place of others; a row that is the same keeps its key. */
export function keepKeys(before: DraftRow[], rows: MappingRow[]): DraftRow[] {
  const free = [...before];
  return rows.map((row, index) => {
    const near = free[index] && same(free[index].row, row) ? index : free.findIndex((one) => same(one?.row, row));
    const kept = free[near];
    if (!kept) return draftRow(row);
    delete free[near];
    return kept;
  });
}

function takeStep(state: DraftState, from: "past" | "future", to: "past" | "future"): DraftState {
  const step = state[from].at(-1);
  if (!step) return state;
  return {
    ...state,
    rows: step.rows,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], { label: step.label, rows: state.rows, text: null }],
  };
}

export function draftReducer(state: DraftState, action: DraftAction): DraftState {
  switch (action.do) {
    case "edit": {
      const rows = action.change(state.rows);
      if (rows === state.rows) return state;
      const text = action.text ?? null;
      const goes_on = text !== null && state.past.at(-1)?.text === text && state.future.length === 0;
      const past = goes_on
        ? state.past
        : [...state.past.slice(1 - most_steps), { label: action.label, rows: state.rows, text }];
      return { ...state, rows, past, future: [] };
    }
    case "undo":
      return takeStep(state, "past", "future");
    case "redo":
      return takeStep(state, "future", "past");
    case "discard":
      return { ...state, rows: keepKeys(state.rows, state.saved), past: [], future: [] };
    case "saved": {
      const saved = together(action.rows);
      const rows = state.rows === action.sent ? keepKeys(state.rows, saved) : state.rows;
      return { ...state, rows: sameRows(state.rows, saved) ? state.rows : rows, saved };
    }
    case "adopt": {
      const saved = together(action.saved);
      if (isChanged(state) || sameRows(state.rows, saved)) return { ...state, saved };
      return { rows: keepKeys(state.rows, saved), saved, past: [], future: [] };
    }
  }
}
