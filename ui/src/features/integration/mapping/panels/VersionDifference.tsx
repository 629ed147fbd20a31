import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useMemo } from "react";
import { count, counted } from "../../../../format";
import { FaultState } from "../../../../frame";
import { query, type ChangeKind, type Fault, type MappingDifference, type RowChange } from "../../../../ipc";
import { EmptyState, Skeleton, Unseen } from "../../../../kit";
import type { MappingDraft } from "../useMappingDraft";
import styles from "./History.module.css";
import { unsaved_side } from "./VersionList";

const groups: { kind: ChangeKind; title: string }[] = [
  { kind: "added", title: "Added" },
  { kind: "removed", title: "Removed" },
  { kind: "changed", title: "Changed" },
  { kind: "moved", title: "Moved" },
];

const place = (change: RowChange): string => {
  if (change.row_before === null) return `row ${change.row_after}`;
  if (change.row_after === null || change.row_after === change.row_before) return `row ${change.row_before}`;
  return `row ${change.row_before}, now ${change.row_after}`;
};

/** What differs between two versions, or between a version and the rows that are edited. */
export function VersionDifference({ draft, from, to }: { draft: MappingDraft; from: number; to: number }) {
  const { object, rows } = draft;
  const params = useMemo(
    () =>
      to === unsaved_side
        ? { object, from, to: null, rows: rows.map((one) => one.row) }
        : { object, from, to, rows: [] },
    [object, from, to, rows],
  );
  const compared = useQuery<MappingDifference, Fault>(query("mapping.compare", params));
  if (compared.isPending) return <Skeleton label="Comparing" lines={6} />;
  if (compared.isError) {
    return (
      <FaultState
        title="The two could not be compared"
        fault={compared.error}
        onRetry={() => void compared.refetch()}
      />
    );
  }
  const { changes, same_rows } = compared.data;
  if (changes.length === 0) {
    return (
      <EmptyState
        title="No difference"
        text={`All ${counted(same_rows, "row is", "rows are")} the same, in the same order.`}
      />
    );
  }
  return (
    <div className={styles.difference}>
      {groups.map(({ kind, title }) => {
        const found = changes.filter((change) => change.kind === kind);
        if (found.length === 0) return null;
        return (
          <section key={kind} aria-label={title}>
            <h3 className={styles.group} data-kind={kind}>
              {title} <span>{count(found.length)}</span>
            </h3>
            <ul className={styles.rows}>
              {found.map((change, index) => (
                <li key={index}>
                  <Change change={change} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <p className={styles.note}>{counted(same_rows, "row is", "rows are")} the same.</p>
    </div>
  );
}

function Change({ change }: { change: RowChange }) {
  return (
    <>
      <p className={styles.row}>
        <span>{change.source || "No source"}</span>
        <ArrowRight size={12} strokeWidth={1.75} aria-hidden />
        <Unseen>to</Unseen>
        <strong>{change.target_label || "no field"}</strong>
        {change.target && <code>{change.target}</code>}
        <span className={styles.when}>{place(change)}</span>
      </p>
      {change.details.map((detail) => (
        <p key={detail.what} className={styles.detail}>
          {detail.what}: <del>{detail.before || "(blank)"}</del>
          <ArrowRight size={12} strokeWidth={1.75} aria-hidden />
          <Unseen>becomes</Unseen>
          <ins>{detail.after || "(blank)"}</ins>
        </p>
      ))}
    </>
  );
}
