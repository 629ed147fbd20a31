import { Activity, Plus } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { counted } from "../../format";
import { FaultBanner, FaultState, goTo } from "../../frame";
import { call, toFault, type RunPage, type RunSummary } from "../../ipc";
import {
  ButtonLink,
  Card,
  EmptyState,
  NoMatch,
  Page,
  PageHeader,
  SearchField,
  Skeleton,
  useDelayed,
  useFindKey,
  useRowWindows,
  VirtualTable,
} from "../../kit";
import { PlanningCard } from "./PlanningCard";
import { runColumns } from "./runColumns";
import { any_run, RunFilters, type RunFilter } from "./RunFilters";
import { usePlanning } from "./usePlanning";

type Window = RunPage & { rows: RunSummary[]; total: number };

/** All runs, newest first: find, filter, open, plan again. */
export function RunsPage() {
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<RunFilter>(any_run);
  const planning = usePlanning();
  const field = useFindKey();
  const words = useDelayed(search.trim());
  const key = useMemo(() => ["runs.list", "table", words, filter], [words, filter]);
  const read = useCallback(
    async (offset: number, limit: number): Promise<Window> => {
      const page = await call("runs.list", { ...filter, search: words, offset, limit });
      return { ...page, rows: page.runs, total: page.matching_runs };
    },
    [words, filter],
  );
  const window = useRowWindows<RunSummary, Window>(key, read);
  const answer = window.answer;
  const filtered = words !== "" || filter !== any_run;
  const columns = runColumns((run) => planning.start("runs.repeat", { run: run.run }));
  return (
    <Page
      fixed
      header={
        <PageHeader
          icon={Activity}
          title="Runs"
          facts={answer ? [{ value: counted(answer.total_runs, "run", "runs") }] : []}
          actions={
            answer &&
            answer.total_runs > 0 && (
              <ButtonLink
                look="primary"
                href="#/runs/new"
                icon={<Plus size={16} strokeWidth={1.75} aria-hidden />}
              >
                New export
              </ButtonLink>
            )
          }
        />
      }
    >
      {planning.fault && <FaultBanner fault={planning.fault} />}
      {planning.running && <PlanningCard progress={planning.progress} onCancel={planning.cancel} />}
      {window.error && answer && <FaultBanner fault={toFault(window.error)} />}
      {answer?.total_runs === 0 ? (
        <Card>
          <EmptyState
            title="No runs yet"
            text="A run is one export, with its plan and a ledger line for every record. Choose a list to make the first."
            actions={
              <ButtonLink look="primary" href="#/lists">
                Choose a list
              </ButtonLink>
            }
          />
        </Card>
      ) : (
        <Card
          fill
          bare
          ruled
          title="All runs, newest first"
          actions={
            <>
              <RunFilters filter={filter} onFilter={setFilter} />
              <SearchField ref={field} label="Find a run by list" value={search} onChange={setSearch} />
            </>
          }
        >
          {!answer && !window.error && <Skeleton label="Reading the runs" lines={6} />}
          {!answer && window.error && (
            <FaultState title="Runs could not be read" fault={toFault(window.error)} onRetry={window.retry} />
          )}
          {answer && answer.matching_runs === 0 && filtered && (
            <NoMatch
              title={
                words ? `No such run of a list with “${words}” in its name` : "No run fits these filters"
              }
              text={`${counted(answer.total_runs, "run", "runs")} in all.`}
              onClear={() => {
                setSearch("");
                setFilter(any_run);
              }}
            />
          )}
          {answer && answer.matching_runs > 0 && (
            <VirtualTable
              label="Runs"
              columns={columns}
              rowCount={answer.matching_runs}
              rowAt={window.rowAt}
              rowHeight={44}
              onVisible={window.onVisible}
              onOpen={(run) => goTo(`/runs/${run.run}`)}
            />
          )}
        </Card>
      )}
    </Page>
  );
}
