import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { FaultBanner, FaultState } from "../../frame";
import { query, type Fault, type RunView } from "../../ipc";
import { Card, Page, PageHeader, Path, Pill, Skeleton, type Fact } from "../../kit";
import { moment } from "../../format";
import { api_words, countedProfiles, state_words, target_words } from "../words";
import { PlanFoot, PlanView } from "./PlanView";
import { RunButtons } from "./RunButtons";
import { SendView } from "./SendView";
import { step_of_state, steps } from "./steps";
import { useRunActions } from "./useRunActions";

/** One run: its plan before it is sent, then its progress and its ledger. `step` opens the plan again afterwards. */
export function RunPage({ run, step }: { run: number; step: string | undefined }) {
  const view = useQuery<RunView, Fault>(query("runs.show", { run }));
  const actions = useRunActions(run);
  const summary = view.data?.summary;
  const now = summary ? steps.indexOf(step_of_state[summary.state]) : 0;
  const planned = summary !== undefined && summary.state !== "planning";
  const showPlan = summary?.state === "planned" || (planned && step === "plan");

  return (
    <Page
      fixed={planned && !showPlan}
      header={
        <PageHeader
          icon={Activity}
          title={
            summary ? `Export “${summary.list_name}” as ${target_words[summary.object].many}` : `Run ${run}`
          }
          pill={
            summary && <Pill tone={state_words[summary.state].tone}>{state_words[summary.state].text}</Pill>
          }
          facts={view.data ? factsOf(view.data) : []}
          actions={view.data && <RunButtons view={view.data} actions={actions} />}
          below={
            summary && (
              <Path
                steps={steps.map((title, index) => ({
                  title,
                  // The plan can be looked at again, and from there one comes back to where the run is.
                  href:
                    title === "Plan" && now > index
                      ? `#/runs/${run}/plan`
                      : showPlan && index === now
                        ? `#/runs/${run}`
                        : undefined,
                }))}
                now={showPlan ? steps.indexOf("Plan") : now}
              />
            )
          }
        />
      }
      foot={summary?.state === "planned" && view.data && <PlanFoot view={view.data} actions={actions} />}
    >
      {actions.fault && <FaultBanner fault={actions.fault} />}
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
      {view.data && showPlan && <PlanView view={view.data} />}
      {view.data && planned && !showPlan && <SendView view={view.data} actions={actions} />}
    </Page>
  );
}

function factsOf({ summary, mapping_version, job_ids }: RunView): Fact[] {
  const [job] = job_ids;
  const profiles = countedProfiles(
    summary.object === "account" ? "companies" : "contacts",
    summary.total_records,
  );
  return [
    { label: "Run", value: summary.run },
    { label: "Profiles", value: profiles },
    summary.started_at === null
      ? { label: "Mapping", value: `${target_words[summary.object].many}, version ${mapping_version}` }
      : { label: "Started", value: `${moment(summary.started_at)} by ${summary.started_by}` },
    summary.started_at === null
      ? { label: "Planned", value: moment(summary.planned_at) }
      : {
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
        },
  ];
}
