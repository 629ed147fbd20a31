import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { momentWithin } from "../../format";
import { FaultBanner, FaultState, useRight } from "../../frame";
import { query, type Fault, type RunView } from "../../ipc";
import {
  ButtonLink,
  Card,
  Page,
  PageHeader,
  Path,
  Pill,
  Skeleton,
  type Fact,
  type PathStep,
} from "../../kit";
import { api_words, countedProfiles, countedRecords, runTitle, state_words, target_words } from "../words";
import { Followers } from "./Followers";
import { DifferencesCard } from "./plan/DifferencesCard";
import { DoneStep } from "./plan/DoneStep";
import { PlanFoot } from "./plan/PlanFoot";
import { PlanView } from "./plan/PlanView";
import { PlanningCard } from "./PlanningCard";
import { RunButtons } from "./RunButtons";
import { SendView } from "./sending/SendView";
import { doneStep, doneStepOf, placeOfStep, stepOf, steps, type DoneStepName } from "./steps";
import { usePlanning, usePlanOf } from "./usePlanning";
import { useRunActions } from "./useRunActions";

/**
 * One run: its plan before it is sent, then its progress and its ledger. `step` opens the plan again afterwards, or
 * its differences alone.
 */
export function RunPage({ run, step }: { run: number; step: string | undefined }) {
  const view = useQuery<RunView, Fault>({
    ...query("runs.show", { run }),
    // Another window or terminal may make the plan, and tells nothing here.
    refetchInterval: ({ state }) => state.data?.summary.state === "planning" && 2_000,
  });
  const actions = useRunActions(run);
  const planning = usePlanning();
  const replanning = actions.doing === "send" || actions.doing === "refresh";
  const progress = usePlanOf(run, view.data?.summary.state === "planning" || replanning);
  const reads_audit = useRight("read_audit").may;
  const data = view.data;
  const summary = data?.summary;
  const planned = summary !== undefined && summary.state !== "planning";
  const differences = planned && step === "differences";
  const done = planned ? doneStep(summary.kind, step) : null;
  const showPlan =
    planned && !differences && done === null && (summary.state === "planned" || step === "plan");
  const sent = planned && !showPlan && !differences && done === null;

  return (
    <Page
      fixed={sent || differences}
      header={
        <PageHeader
          icon={Activity}
          title={summary ? runTitle(summary) : `Run ${run}`}
          pill={
            summary && <Pill tone={state_words[summary.state].tone}>{state_words[summary.state].text}</Pill>
          }
          facts={data ? [...factsOf(data), ...(reads_audit ? [auditFact(run)] : [])] : []}
          actions={
            differences ? (
              <ButtonLink href={`#/runs/${run}/plan`}>Back to the plan</ButtonLink>
            ) : (
              data && <RunButtons view={data} actions={actions} planning={planning} />
            )
          }
          below={summary && <Path {...pathOf(data, showPlan || differences, done)} />}
        />
      }
      foot={
        summary?.state === "planned" && !differences && <PlanFoot view={data as RunView} actions={actions} />
      }
    >
      {actions.fault && <FaultBanner fault={actions.fault} />}
      {data && <Followers view={data} />}
      {view.isPending && <Skeleton label="Reading the run" />}
      {view.isError && (
        <Card>
          <FaultState
            title="The run could not be read"
            fault={view.error}
            onRetry={() => void view.refetch()}
          />
        </Card>
      )}
      {data && summary?.state === "planning" && (
        <PlanningCard progress={progress} onCancel={data.may.cancel ? actions.stopPlanning : undefined} />
      )}
      {showPlan && replanning && progress && <PlanningCard progress={progress} />}
      {showPlan && planning.fault && <FaultBanner fault={planning.fault} />}
      {showPlan && planning.running && (
        <PlanningCard
          progress={planning.progress}
          onCancel={planning.progress ? planning.cancel : undefined}
        />
      )}
      {data && showPlan && <PlanView view={data} actions={actions} />}
      {data && done && <DoneStep view={data} step={done} />}
      {data && differences && <DifferencesCard view={data} full />}
      {data && sent && <SendView view={data} actions={actions} planning={planning} />}
    </Page>
  );
}

/** The path of a run; done steps can be looked at again, and from there one comes back to where the run is. */
function pathOf(
  { summary }: RunView,
  at_plan: boolean,
  done: DoneStepName | null,
): { steps: PathStep[]; now: number; reached: number } {
  const titles = steps[summary.kind];
  const now = stepOf(summary.kind, summary.state);
  const plan = titles.indexOf("Plan");
  const hrefOf = (title: string, index: number): string | undefined => {
    const before = summary.state === "planning" ? undefined : doneStepOf(title);
    if (before) return `#/runs/${summary.run}/${before}`;
    if (index === plan && now > plan) return `#/runs/${summary.run}/plan`;
    return (at_plan || done) && index === now ? `#/runs/${summary.run}` : undefined;
  };
  return {
    reached: now,
    now: done ? placeOfStep(done) : at_plan ? plan : now,
    steps: titles.map((title, index) => ({ title, href: hrefOf(title, index) })),
  };
}

/** The way to who planned, sent or stopped it. */
const auditFact = (run: number): Fact => ({
  value: <a href={`#/audit?search=${encodeURIComponent(`run ${run}`)}`}>Audit log</a>,
});

function factsOf({ summary, mapping_version, job_ids }: RunView): Fact[] {
  const [job] = job_ids;
  const records =
    summary.kind === "undo"
      ? countedRecords(summary.object, summary.total_records)
      : countedProfiles(summary.object === "account" ? "companies" : "contacts", summary.total_records);
  const started = summary.started_at !== null;
  return [
    { label: "Run", value: summary.run },
    { label: summary.kind === "undo" ? "Records" : "Profiles", value: records },
    ...(started
      ? [{ label: "Started", value: `${momentWithin(summary.started_at)} by ${summary.started_by}` }]
      : summary.kind === "undo"
        ? []
        : [{ label: "Mapping", value: `${target_words[summary.object].many}, version ${mapping_version}` }]),
    started
      ? {
          label: "Method",
          value: (
            <>
              {api_words[summary.api]}
              {job && (
                <>
                  , job <code>{job}</code>
                </>
              )}
            </>
          ),
        }
      : { label: "Planned", value: momentWithin(summary.planned_at) },
  ];
}
