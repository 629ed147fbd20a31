import { Plus } from "lucide-react";
import { count, counted } from "../../../../format";
import { Button } from "../../../../kit";
import type { MappingDraft } from "../useMappingDraft";
import styles from "./Table.module.css";

/** Below the rows: what adds to them, how many they are, and what the list's check told. */
export function TableFoot({
  draft,
  total,
  shown,
  onAdd,
  onMatch,
}: {
  draft: MappingDraft;
  total: number;
  shown: number;
  /** Adds a row; `undefined` where nothing may be added. */
  onAdd: (() => void) | undefined;
  onMatch: (() => void) | undefined;
}) {
  const { listFault, listCheck } = draft;
  return (
    <div className={styles.foot}>
      {onAdd && total > 0 && (
        <>
          <Button
            look="quiet"
            size="bar"
            icon={<Plus size={16} strokeWidth={1.75} aria-hidden />}
            onClick={onAdd}
          >
            Add field
          </Button>
          {onMatch && (
            <Button size="bar" onClick={onMatch}>
              Match automatically
            </Button>
          )}
        </>
      )}
      <span className={styles.footWords}>
        {listFault ? (
          <span className={styles.sentence}>The list is not checked: {listFault.sentence}</span>
        ) : (
          listCheck && (
            <span>
              {`${counted(listCheck.profiles, "profile", "profiles")} of ${listCheck.list_name} checked`}
              {listCheck.refused_profiles > 0 && `, ${count(listCheck.refused_profiles)} would be refused`}
            </span>
          )
        )}
        <span>
          {shown === total
            ? counted(total, "row", "rows")
            : `${count(shown)} of ${counted(total, "row", "rows")}`}
        </span>
      </span>
    </div>
  );
}
