import { useMemo, useState } from "react";
import { count, counted } from "../../../format";
import { FaultBanner, FaultState } from "../../../frame";
import { toFault, type Action, type LedgerLine, type RunView, type Target } from "../../../ipc";
import {
  Card,
  Count,
  EmptyState,
  NoMatch,
  SearchField,
  Skeleton,
  useDelayed,
  useFindKey,
  VirtualTable,
} from "../../../kit";
import { useRecordOpening } from "../useRecordOpening";
import styles from "./Ledger.module.css";
import { plannedColumns } from "./ledgerColumns";
import { LineDialog } from "./LineDialog";
import { everything, useLedger } from "./useLedger";

/** The records of one part of a plan, each with the rule that decided. Enter shows all of one. */
export function PlannedRecords({
  view,
  title,
  action = null,
  object = null,
}: {
  view: RunView;
  title: string;
  action?: Action | null;
  object?: Target | null;
}) {
  const { run } = view.summary;
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<LedgerLine | null>(null);
  const field = useFindKey();
  const words = useDelayed(search.trim());
  const window = useLedger(run, { ...everything, action, object, search: words });
  const opening = useRecordOpening(run);
  const columns = useMemo(() => plannedColumns(opening.open), [opening.open]);
  const answer = window.answer;
  const nothing = answer?.matching_lines === 0 && !words;
  return (
    <div className={styles.planned}>
      <Card
        fill
        bare
        ruled
        title={title}
        beside={
          answer && answer.matching_lines > 0 && <Count tone="neutral">{count(answer.matching_lines)}</Count>
        }
        actions={
          !nothing && <SearchField ref={field} label="Find a record" value={search} onChange={setSearch} />
        }
      >
        {opening.fault && <FaultBanner fault={opening.fault} />}
        {window.error && answer && <FaultBanner fault={toFault(window.error)} />}
        {!answer && !window.error && <Skeleton label="Reading the records" lines={6} />}
        {!answer && window.error && (
          <FaultState
            title="The records could not be read"
            fault={toFault(window.error)}
            onRetry={window.retry}
          />
        )}
        {nothing && <EmptyState title="None" text="The plan has no record of this kind." />}
        {answer && answer.matching_lines === 0 && words && (
          <NoMatch
            title={`No record for “${words}”`}
            text={`${counted(answer.total_lines, "record", "records")} in the run.`}
            onClear={() => setSearch("")}
          />
        )}
        {answer && answer.matching_lines > 0 && (
          <VirtualTable
            label={title}
            columns={columns}
            rowCount={answer.matching_lines}
            rowAt={window.rowAt}
            onVisible={window.onVisible}
            onOpen={setShown}
          />
        )}
      </Card>
      {shown && <LineDialog run={run} line={shown} onClose={() => setShown(null)} onOpen={opening.open} />}
    </div>
  );
}
