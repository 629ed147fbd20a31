import { useCallback, useMemo, useState } from "react";
import { count, counted } from "../../format";
import { FaultBanner, FaultState } from "../../frame";
import { call, toFault, type LedgerLine, type LedgerPage, type Outcome, type RunView } from "../../ipc";
import {
  Card,
  Chip,
  NoMatch,
  SearchField,
  Skeleton,
  useDelayed,
  useFindKey,
  useRowWindows,
  VirtualTable,
} from "../../kit";
import { outcome_words } from "../words";
import { ledgerColumns } from "./columns";

type Window = LedgerPage & { rows: LedgerLine[]; total: number };

/** Outcomes that have lines, with their number in the whole run. */
function filtersOf(view: RunView): { outcome: Outcome; lines: number }[] {
  const { tally, state } = view.summary;
  const all: { outcome: Outcome; lines: number }[] = [
    { outcome: "planned", lines: state === "planned" ? tally.waiting_records : 0 },
    { outcome: "created", lines: tally.created_records },
    { outcome: "updated", lines: tally.updated_records },
    { outcome: "skipped", lines: tally.skipped_records },
    { outcome: "refused", lines: tally.refused_records },
    { outcome: "failed", lines: tally.failed_records },
    { outcome: "uncertain", lines: tally.uncertain_records },
  ];
  return all.filter(({ lines }) => lines > 0);
}

/** One line for every record of a run: filter, find, open the record. */
export function Ledger({
  view,
  title,
  openRecord,
}: {
  view: RunView;
  title: string;
  /** Opens a record; without it there are no records yet, and no columns for them. */
  openRecord?: (line: number) => void;
}) {
  const { run } = view.summary;
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [search, setSearch] = useState("");
  const field = useFindKey();
  const words = useDelayed(search.trim());
  const key = useMemo(() => ["runs.ledger", run, outcome, words], [run, outcome, words]);
  const read = useCallback(
    async (offset: number, limit: number): Promise<Window> => {
      const page = await call("runs.ledger", { run, outcome, search: words, offset, limit });
      return { ...page, rows: page.lines, total: page.matching_lines };
    },
    [run, outcome, words],
  );
  const window = useRowWindows<LedgerLine, Window>(key, read);
  const columns = useMemo(() => ledgerColumns(openRecord), [openRecord]);
  const answer = window.answer;
  const filtered = outcome ? outcome_words[outcome].text.toLowerCase() : "";
  return (
    <Card
      fill
      bare
      ruled
      title={title}
      beside={
        <>
          <Chip
            selected={outcome === null}
            count={count(answer?.total_lines ?? view.summary.total_records)}
            onSelect={() => setOutcome(null)}
          >
            All
          </Chip>
          {filtersOf(view).map((filter) => (
            <Chip
              key={filter.outcome}
              selected={outcome === filter.outcome}
              count={count(filter.lines)}
              onSelect={() => setOutcome(filter.outcome)}
            >
              {outcome_words[filter.outcome].text}
            </Chip>
          ))}
        </>
      }
      actions={<SearchField ref={field} label="Find in ledger" value={search} onChange={setSearch} />}
    >
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
            setOutcome(null);
          }}
        />
      )}
      {answer && answer.matching_lines > 0 && (
        <VirtualTable
          label={title}
          columns={columns}
          rowCount={answer.matching_lines}
          rowAt={window.rowAt}
          onVisible={window.onVisible}
        />
      )}
    </Card>
  );
}
