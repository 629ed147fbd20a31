import type { Drift } from "../../../ipc";
import { same } from "./draft";
import type { MappingDraft } from "./useMappingDraft";

type Drifting = Pick<MappingDraft, "saved" | "rows">;

/** Where the saved row that drifted is now, from 0; -1 when the draft has it no more. */
export function placeOfDrift(draft: Drifting, drift: Drift): number {
  const saved = drift.row === null ? undefined : draft.saved?.rows[drift.row - 1];
  if (!saved) return -1;
  const exact = draft.rows.findIndex((one) => same(one.row, saved));
  if (exact >= 0) return exact;
  return draft.rows.findIndex(
    (one) => one.row.target.toLowerCase() === drift.target.toLowerCase() && same(one.row.source, saved.source),
  );
}

/** Whether the unsaved rows already do without what drifted. */
export const isMended = (draft: Drifting, drift: Drift): boolean =>
  drift.row === null
    ? draft.rows.some((one) => one.row.target.toLowerCase() === drift.target.toLowerCase())
    : placeOfDrift(draft, drift) < 0;

/** What drifted, by the key of the row that it is told at. */
export function driftOfRows(draft: Drifting): Map<number, Drift[]> {
  const by_key = new Map<number, Drift[]>();
  for (const drift of draft.saved?.drift ?? []) {
    const key = draft.rows[placeOfDrift(draft, drift)]?.key;
    if (key !== undefined) by_key.set(key, [...(by_key.get(key) ?? []), drift]);
  }
  return by_key;
}
