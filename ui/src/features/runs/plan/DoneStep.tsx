import { count } from "../../../format";
import type { RunView } from "../../../ipc";
import { Card, EmptyState, FactList } from "../../../kit";
import { countedProfiles, duplicate_words, target_words } from "../../words";
import type { DoneStepName } from "../steps";
import { Checks } from "./Checks";
import { RowFaults, rowFaults } from "./RowFaults";

/** A step before the plan, as it was done: what was chosen, what stood against it, what was mapped, what was looked for. */
export function DoneStep({ view, step }: { view: RunView; step: DoneStepName }) {
  const { plan } = view;
  switch (step) {
    case "choose":
      return (
        <Card title="What was chosen">
          <FactList facts={chosen(view)} />
        </Card>
      );
    case "preflight":
      return (
        <Card title="Preflight" note="It is checked once more before the plan is sent">
          <FactList facts={checked(view)} />
        </Card>
      );
    case "map": {
      const faults = rowFaults(view);
      return faults.length > 0 ? (
        <RowFaults faults={faults} />
      ) : (
        <Card>
          <EmptyState title="No row fault" text="Every value fits its field." />
        </Card>
      );
    }
    case "duplicates":
      return plan.checks.length > 0 ? (
        <Checks checks={plan.checks} checked_at={plan.checked_at} />
      ) : (
        <Card>
          <EmptyState title="Nothing was looked for" text="No record of the plan could be in the org." />
        </Card>
      );
  }
}

function chosen({ summary, options }: RunView) {
  const { on_duplicate, campaign, save_past_alerts } = options;
  const kind = summary.object === "account" ? "companies" : "contacts";
  return [
    { label: "List", value: summary.list_name },
    { label: "As", value: target_words[summary.object].many },
    { label: "Profiles", value: countedProfiles(kind, summary.total_records) },
    {
      label: "Duplicates",
      value: on_duplicate ? duplicate_words[on_duplicate].title : "As the Export tab says",
    },
    { label: "Campaign", value: campaign ? `${campaign.name}, as ${campaign.status}` : "None" },
    { label: "Alerting rules", value: save_past_alerts ? "Saved past" : "Obeyed" },
    { label: "By", value: summary.started_by || "—" },
  ];
}

function checked({ summary, plan, mapping_version }: RunView) {
  return [
    { label: "Stood against it", value: "Nothing" },
    { label: "Org", value: summary.org_name },
    { label: "Mapping", value: `${target_words[summary.object].many}, version ${mapping_version}` },
    { label: "API calls to send it", value: `about ${count(plan.estimated_api_calls)}` },
    ...(plan.budget
      ? [
          {
            label: "Today’s budget",
            value: `${count(plan.budget.used_calls)} of ${count(plan.budget.daily_calls)} used`,
          },
        ]
      : []),
  ];
}
