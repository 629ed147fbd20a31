import { CircleSlash, Undo2, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { count, counted } from "../../../format";
import type { RunView } from "../../../ipc";
import { Card, FactList } from "../../../kit";
import { countedRecords, duplicate_words } from "../../words";
import type { RunActions } from "../useRunActions";
import { ApiCost } from "./ApiCost";
import { Checks } from "./Checks";
import { Forecasts } from "./Forecasts";
import styles from "./Plan.module.css";

/** What decides and what it costs, beside the records. */
export function PlanSide({ view, actions }: { view: RunView; actions: RunActions }) {
  const { plan, summary } = view;
  return (
    <>
      <Forecasts view={view} />
      <ApiCost plan={plan} />
      {plan.owner && (
        <Said
          icon={<UserRound size={16} strokeWidth={1.75} aria-hidden />}
          strong={`Owner: ${plan.owner.name || "as Salesforce decides"}.`}
        >
          {plan.owner.sentence}
        </Said>
      )}
      <Chosen view={view} />
      {plan.checks.length > 0 && (
        <Checks
          checks={plan.checks}
          checked_at={plan.checked_at}
          {...(view.may.send ? { refreshing: actions.doing === "refresh", onRefresh: actions.refresh } : {})}
        />
      )}
      {summary.kind === "export" ? (
        <Said icon={<Undo2 size={16} strokeWidth={1.75} aria-hidden />} strong="Can be undone.">
          {undoWords(view)}
        </Said>
      ) : (
        <Said
          icon={<CircleSlash size={16} strokeWidth={1.75} aria-hidden />}
          strong="Nothing else is touched."
        >
          A record that somebody changed since run {summary.source_run ?? ""} keeps what it has now, and the
          ledger says so.
        </Said>
      )}
    </>
  );
}

function undoWords({ plan, summary }: RunView): string {
  const parts = [
    ...(plan.update_records > 0
      ? [`The old values of ${countedRecords(summary.object, plan.update_records)} are kept`]
      : []),
    ...(plan.create_records > 0
      ? [
          `${count(plan.create_records)} new ${plan.create_records === 1 ? "record" : "records"} can be deleted`,
        ]
      : []),
    ...(plan.create_account_records > 0
      ? [`${counted(plan.create_account_records, "new account", "new accounts")} too`]
      : []),
  ];
  return parts.length > 0 ? `${parts.join(", and ")}.` : "What the run writes can be taken back.";
}

function Said({ icon, strong, children }: { icon: ReactNode; strong: string; children: ReactNode }) {
  return (
    <Card>
      <p className={styles.said}>
        {icon}
        <span>
          <strong>{strong}</strong> {children}
        </span>
      </p>
    </Card>
  );
}

/** What was chosen for this run beside its profiles; nothing when all stands as the admin set it. */
function Chosen({ view }: { view: RunView }) {
  const { on_duplicate, campaign, save_past_alerts } = view.options;
  const facts = [
    ...(on_duplicate ? [{ label: "Duplicates", value: duplicate_words[on_duplicate].title }] : []),
    ...(campaign ? [{ label: "Campaign", value: `${campaign.name}, as ${campaign.status}` }] : []),
    ...(save_past_alerts ? [{ label: "Alerting rules", value: "Saved past" }] : []),
  ];
  if (facts.length === 0) return null;
  return (
    <Card title="Chosen for this run">
      <div className={styles.narrowFacts}>
        <FactList facts={facts} />
      </div>
    </Card>
  );
}
