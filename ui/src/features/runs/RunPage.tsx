import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { moment } from "../../format";
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
import { PlanFoot } from "./plan/PlanFoot";
import { PlanView } from "./plan/PlanView";
import { PlanningCard } from "./PlanningCard";
import { RunButtons } from "./RunButtons";
import { SendView } from "./sending/SendView";
import { stepOf, steps } from "./steps";
import { usePlanning } from "./usePlanning";
import { useRunActions } from "./useRunActions";

/**
 * One run: its plan before it is sent, then its progress and its ledger. `step` opens the plan again afterwards, or
 * its differences alone.
 */
export function RunPage({ run, step }: { run: number; step: string | undefined }) {
  const view = useQuery<RunView, Fault>(query("runs.show", { run }));
  const actions = useRunActions(run);
  const planning = usePlanning();
  const reads_audit = useRight("read_audit").may;
  const data = view.data;
  const summary = data?.summary;
  const planned = summary !== undefined && summary.state !== "planning";
  const differences = planned && step === "differences";
  const showPlan = planned && !differences && (summary.state === "planned" || step === "plan");
  const sent = planned && !showPlan && !differences;

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
          below={summary && <Path {...pathOf(data, showPlan || differences)} />}
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
      {summary?.state === "planning" && (
        <Card>
          <p role="status">{summary.state_sentence}</p>
        </Card>
      )}
      {showPlan && planning.fault && <FaultBanner fault={planning.fault} />}
      {showPlan && planning.running && (
        <PlanningCard progress={planning.progress} onCancel={planning.cancel} />
      )}
      {data && showPlan && <PlanView view={data} actions={actions} />}
      {data && differences && <DifferencesCard view={data} full />}
      {data && sent && <SendView view={data} actions={actions} planning={planning} />}
    </Page>
  );
}

/** The path of a run; the plan can be looked at again, and from there one comes back to where the run is. */
function pathOf({ summary }: RunView, at_plan: boolean): { steps: PathStep[]; now: number } {
  const titles = steps[summary.kind];
  const now = stepOf(summary.kind, summary.state);
  const plan = titles.indexOf("Plan");
  return {
    now: at_plan ? plan : now,
    steps: titles.map((title, index) => ({
      title,
      href:
        index === plan && now > plan
          ? `#/runs/${summary.run}/plan`
          : at_plan && index === now
            ? `#/runs/${summary.run}`
            : undefined,
    })),
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
      ? [{ label: "Started", value: `${moment(summary.started_at)} by ${summary.started_by}` }]
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
      : { label: "Planned", value: moment(summary.planned_at) },
  ];
}
