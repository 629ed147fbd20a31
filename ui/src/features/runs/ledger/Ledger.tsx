import { useMemo, useState, type KeyboardEvent } from "react";
import { count, counted } from "../../../format";
import { FaultBanner, FaultState } from "../../../frame";
import { toFault, type LedgerLine, type RunView } from "../../../ipc";
import {
  Card,
  Chip,
  NoMatch,
  SearchField,
  Skeleton,
  useDelayed,
  useFindKey,
  useLetterKeys,
  useRowPicking,
  VirtualTable,
} from "../../../kit";
import { member_words, outcome_words } from "../../words";
import type { Planning } from "../usePlanning";
import { useRecordOpening } from "../useRecordOpening";
import { EditDialog } from "./EditDialog";
import { filtersOf } from "./filters";
import styles from "./Ledger.module.css";
import { ledgerColumns, mayRetry } from "./ledgerColumns";
import { LedgerFoot } from "./LedgerFoot";
import { LineDialog } from "./LineDialog";
import { RetryDuplicates } from "./RetryDuplicates";
import { everything, useLedger, type LedgerFilter } from "./useLedger";
import { useRetry } from "./useRetry";

const keyOf = (line: LedgerLine) => line.line;
const nameOf = (line: LedgerLine) => line.name;

/** One line for every record of a run: filter, find, look into it, open it in Salesforce, send it again. */
export function Ledger({
  view,
  planning,
  filter,
  onFilter,
}: {
  view: RunView;
  planning: Planning;
  filter: LedgerFilter;
  onFilter: (filter: LedgerFilter) => void;
}) {
  const { run } = view.summary;
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<LedgerLine | null>(null);
  const [edited, setEdited] = useState<LedgerLine | null>(null);
  const field = useFindKey();
  const [letters] = useLetterKeys();
  const words = useDelayed(search.trim());
  const window = useLedger(run, { ...filter, search: words });
  const opening = useRecordOpening(run);
  const retry = useRetry(run, planning);
  const answer = window.answer;
  const duplicates = (
    <RetryDuplicates view={view} value={retry.on_duplicate} onChange={retry.chooseOnDuplicate} />
  );
  const picking = useRowPicking({
    keyOf,
    nameOf,
    rowAt: window.rowAt,
    rowsBetween: window.rowsBetween,
    matching: answer?.matching_lines ?? 0,
  });
  const may_retry = view.may.retry;
  const columns = useMemo(
    () =>
      ledgerColumns({
        open: opening.open,
        edit: may_retry ? setEdited : undefined,
        isEdited: (line) => retry.edits.has(line),
        members: view.members !== null,
      }),
    [opening.open, may_retry, retry.edits, view.members],
  );
  const picked = [...picking.picked.values()].filter(mayRetry).map(keyOf);

  const onRowKey = (event: KeyboardEvent, line: LedgerLine): boolean => {
    if (!letters || event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.key.toLowerCase()) {
      case "o":
        if (line.salesforce_id !== null) opening.open(line.line);
        return true;
      case "r":
        if (may_retry && picked.length > 0) retry.picked(picked);
        else if (may_retry && mayRetry(line)) retry.picked([line.line]);
        return true;
      case "e":
        if (may_retry && mayRetry(line)) setEdited(line);
        return true;
      default:
        return false;
    }
  };
  const filtered = filter.member_state
    ? member_words[filter.member_state].text.toLowerCase()
    : filter.outcome
      ? outcome_words[filter.outcome].text.toLowerCase()
      : "";
  return (
    <Card
      fill
      bare
      ruled
      title="Ledger"
      beside={
        <>
          <Chip
            selected={
              filter.outcome === null &&
              filter.object === null &&
              filter.error_code === null &&
              filter.member_state === null
            }
            count={count(answer?.total_lines ?? view.summary.total_records)}
            onSelect={() => onFilter(everything)}
          >
            All
          </Chip>
          {filtersOf(view).map(({ key, text, lines, set }) => (
            <Chip
              key={key}
              selected={
                filter.outcome === set.outcome &&
                filter.object === set.object &&
                filter.member_state === set.member_state &&
                filter.error_code === null
              }
              count={count(lines)}
              onSelect={() => onFilter(set)}
            >
              {text}
            </Chip>
          ))}
          {filter.error_code !== null && (
            <Chip selected onSelect={() => onFilter({ ...filter, error_code: null })}>
              <code>{filter.error_code}</code> <span aria-hidden>×</span>
            </Chip>
          )}
        </>
      }
      actions={
        <SearchField
          ref={field}
          className={styles.find}
          label="Find in ledger"
          value={search}
          onChange={setSearch}
        />
      }
    >
      {opening.fault && <FaultBanner fault={opening.fault} />}
      {window.error && answer && <FaultBanner fault={toFault(window.error)} />}
      {!answer && !window.error && <Skeleton label="Reading the ledger" lines={6} />}
      {!answer && window.error && (
        <FaultState
          title="The ledger could not be read"
          fault={toFault(window.error)}
          onRetry={window.retry}
        />
      )}
      {answer && answer.matching_lines === 0 && (
        <NoMatch
          title={words ? `No ${filtered} line for “${words}”`.replace("  ", " ") : `No ${filtered} line now`}
          text={`${counted(answer.total_lines, "line", "lines")} in all.`}
          onClear={() => {
            setSearch("");
            onFilter(everything);
          }}
        />
      )}
      {answer && answer.matching_lines > 0 && (
        <VirtualTable
          label="Ledger"
          columns={columns}
          rowCount={answer.matching_lines}
          rowAt={window.rowAt}
          onVisible={window.onVisible}
          onOpen={setShown}
          onRowKey={onRowKey}
          selection={may_retry ? picking.port : undefined}
          foot={
            <LedgerFoot
              view={view}
              selected={picking.picked.size}
              retryable={picked.length}
              planning={planning}
              duplicates={duplicates}
              onRetryPicked={() => retry.picked(picked)}
              onRetryFailed={retry.failed}
              onRetryUnanswered={retry.unanswered}
            />
          }
        />
      )}
      {shown && (
        <LineDialog
          run={run}
          line={shown}
          onOpen={opening.open}
          onEdit={
            may_retry && mayRetry(shown)
              ? () => {
                  setEdited(shown);
                  setShown(null);
                }
              : undefined
          }
          onClose={() => setShown(null)}
        />
      )}
      {edited && (
        <EditDialog
          run={run}
          line={edited}
          edits={retry.edits.get(edited.line)}
          retrying={planning.running === "runs.retry"}
          fault={planning.fault}
          duplicates={duplicates}
          onKeep={(values) => {
            retry.keep(edited, values);
            setEdited(null);
          }}
          onRetry={(values) => retry.one(edited, values)}
          onClose={() => setEdited(null)}
        />
      )}
      {retry.edits.size > 0 && (
        <p className={styles.kept}>
          {counted(retry.edits.size, "record is edited and not sent", "records are edited and not sent")}:
          retry the failed ones, or select them, to send them with the new values. What is typed is kept until
          the window is closed.
        </p>
      )}
    </Card>
  );
}
