import { useCallback, useMemo, useState } from "react";
import { count, counted } from "../../../format";
import { FaultBanner, FaultState } from "../../../frame";
import {
  call,
  toFault,
  type Difference,
  type DifferenceKind,
  type DifferencePage,
  type KindCounts,
  type Plan,
  type RunView,
} from "../../../ipc";
import {
  ButtonLink,
  Card,
  Chip,
  EmptyState,
  NoMatch,
  Select,
  Skeleton,
  useRowWindows,
  VirtualTable,
} from "../../../kit";
import { target_words } from "../../words";
import { useRecordOpening } from "../useRecordOpening";
import { differenceColumns } from "./differenceColumns";
import styles from "./Plan.module.css";

type Window = DifferencePage & { rows: Difference[]; total: number };

const kinds: { kind: DifferenceKind; text: string; field: keyof KindCounts }[] = [
  { kind: "overwrites", text: "Overwrites", field: "overwrites_values" },
  { kind: "fills_blank", text: "Fills blank", field: "fills_blank_values" },
  { kind: "clears", text: "Clears", field: "clears_values" },
  { kind: "no_change", text: "No change", field: "no_change_values" },
];

/** What somebody should look at first: what is written over, then what is written at all. */
function firstKind(plan: Plan): DifferenceKind | null {
  if (plan.overwritten_values > 0) return "overwrites";
  return plan.filled_values > 0 ? "fills_blank" : null;
}

const any_field = "any";

/** What the updates change, field by field: old beside new. `full` gives the table the whole page. */
export function DifferencesCard({ view, full = false }: { view: RunView; full?: boolean }) {
  const { run } = view.summary;
  const [kind, setKind] = useState(() => firstKind(view.plan));
  const [target, setTarget] = useState<string | null>(null);
  const key = useMemo(() => ["runs.differences", run, kind, target], [run, kind, target]);
  const read = useCallback(
    async (offset: number, limit: number): Promise<Window> => {
      const page = await call("runs.differences", { run, kind, target, offset, limit });
      return { ...page, rows: page.differences, total: page.matching_values };
    },
    [run, kind, target],
  );
  const opening = useRecordOpening(run);
  const window = useRowWindows<Difference, Window>(key, read);
  const answer = window.answer;
  const columns = useMemo(
    () => differenceColumns(target_words[view.summary.object].one, opening.open),
    [view.summary.object, opening.open],
  );
  const all = answer ? Object.values(answer.counts).reduce((sum, values) => sum + values, 0) : 0;
  const written = all - (answer?.counts.no_change_values ?? 0);
  const records = view.plan.update_records + view.plan.restore_records;
  const changed =
    view.summary.kind === "undo"
      ? counted(records, "record", "records")
      : counted(records, "update", "updates");
  const table = answer && answer.matching_values > 0 && (
    <VirtualTable
      label="Differences"
      columns={columns}
      rowCount={answer.matching_values}
      rowAt={window.rowAt}
      onVisible={window.onVisible}
      onOpen={({ line, salesforce_id }) => salesforce_id !== null && opening.open(line)}
      foot={
        !full && (
          <ButtonLink size="small" look="quiet" href={`#/runs/${run}/differences`}>
            Open full table
          </ButtonLink>
        )
      }
    />
  );
  return (
    <Card
      fill={full}
      bare
      ruled
      title="Differences"
      note={answer && `${counted(written, "value", "values")} in ${changed}`}
      actions={
        answer &&
        all > 0 && (
          <div className={styles.filters}>
            <Chip selected={kind === null} count={count(all)} onSelect={() => setKind(null)}>
              All
            </Chip>
            {kinds
              .filter(({ field, kind: one }) => answer.counts[field] > 0 || one === kind)
              .map(({ kind: one, text, field }) => (
                <Chip
                  key={one}
                  selected={kind === one}
                  count={count(answer.counts[field])}
                  onSelect={() => setKind(one)}
                >
                  {text}
                </Chip>
              ))}
            <Select
              inline
              labelHidden
              label="Field"
              value={target ?? any_field}
              options={[
                { key: any_field, text: "Any field" },
                ...answer.fields.map((field) => ({
                  key: field.target,
                  text: `${field.label} ${count(field.values)}`,
                })),
              ]}
              onChange={(field) => setTarget(field === any_field ? null : field)}
            />
          </div>
        )
      }
    >
      {opening.fault && <FaultBanner fault={opening.fault} />}
      {window.error && answer && <FaultBanner fault={toFault(window.error)} />}
      {!answer && !window.error && <Skeleton label="Reading the differences" lines={4} />}
      {!answer && window.error && (
        <FaultState
          title="The differences could not be read"
          fault={toFault(window.error)}
          onRetry={window.retry}
        />
      )}
      {answer && all === 0 && (
        <EmptyState title="No difference" text="No update of this plan changes a value." />
      )}
      {answer && all > 0 && answer.matching_values === 0 && (
        <NoMatch
          title="No value fits these filters"
          text={`${counted(all, "value", "values")} in all.`}
          onClear={() => {
            setKind(null);
            setTarget(null);
          }}
        />
      )}
      {table && (full ? table : <div className={styles.shortTable}>{table}</div>)}
    </Card>
  );
}
