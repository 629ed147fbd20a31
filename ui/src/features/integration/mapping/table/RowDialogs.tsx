import type { MappingRow } from "../../../../ipc";
import { moveToPosition, setBlock, spanOf, type DraftRow } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { rowName, targetName, type Names } from "./lines";
import { BlockDialog, PositionDialog } from "./MoveDialogs";
import { RowMenu, type RowAct } from "./RowMenu";
import type { Goal } from "./useGoal";
import type { Reorder } from "./useReorder";
import type { Asked } from "./useRowActs";

/** The menu of a row, and the dialogs that it opens. */
export function RowDialogs({
  asked,
  setAsked,
  draft,
  rows,
  names,
  reorder,
  without,
  onAct,
  setGoal,
}: {
  asked: Asked;
  setAsked: (change: (now: Asked | null) => Asked | null) => void;
  draft: MappingDraft;
  rows: DraftRow[];
  names: Names;
  reorder: Reorder;
  /** What this table doesn't offer. */
  without: RowAct[];
  onAct: (what: RowAct, key: number) => void;
  setGoal: (goal: Goal) => void;
}) {
  const { key, what } = asked;
  const index = rows.findIndex((one) => one.key === key);
  const row = rows[index]?.row;
  if (!row) return null;
  const name = rowName(row, names);
  const done = () => {
    setGoal({ key, part: "handle" });
    setAsked(() => null);
  };
  switch (what) {
    case "menu": {
      const handle = reorder.handleOf(key);
      return (
        handle && (
          <RowMenu
            label={`Row ${index + 1}: ${name}`}
            handle={handle}
            without={[
              ...without,
              ...(takesValueMap(row, names) ? [] : ["values" as const]),
              ...(row.block === null ? ["block_up" as const, "block_down" as const] : []),
            ]}
            onClose={() => setAsked((now) => (now?.what === "menu" ? null : now))}
            onAct={(act) => onAct(act, key)}
          />
        )
      );
    }
    case "position":
      return (
        <PositionDialog
          name={name}
          {...placeOf(rows, key, targetName(row, names))}
          onClose={() => setAsked(() => null)}
          onMove={(position) => {
            reorder.commit(key, () => moveToPosition(rows, key, position));
            reorder.say(`${name} moved to position ${position}.`);
            done();
          }}
        />
      );
    case "block":
      return (
        <BlockDialog
          name={name}
          block={row.block}
          blocks={[...new Set(rows.flatMap((one) => one.row.block ?? []))]}
          onClose={() => setAsked(() => null)}
          onPut={(block) => {
            draft.edit(block === null ? `Take ${name} out of its block` : `Block ${block}`, (now) =>
              setBlock(now, key, block),
            );
            done();
          }}
        />
      );
  }
}

/** Whether a row chooses among the org's values, or maps values already. */
const takesValueMap = (row: MappingRow, names: Names) =>
  (names.targets.get(row.target)?.picklist.length ?? 0) > 0 || Object.keys(row.value_map).length > 0;

/** Where a row stands among those that it can change places with. */
function placeOf(rows: DraftRow[], key: number, target: string) {
  const index = rows.findIndex((one) => one.key === key);
  const { start, end } = spanOf(rows, index);
  return end - start > 1
    ? { among: `for ${target}`, position: index - start + 1, of: end - start }
    : { among: "in the table", position: index + 1, of: rows.length };
}
