import { Send } from "lucide-react";
import { count, counted } from "../../format";
import { useAppState } from "../../frame";
import type { Plan, Reason, RunView } from "../../ipc";
import { ActionBar, Button, Card, classes, Count, Pill, StaticTable, type Column } from "../../kit";
import { outcome_words, target_words } from "../words";
import { faultWords } from "./faultWords";
import { Forecasts } from "./Forecasts";
import { Ledger } from "./Ledger";
import styles from "./Plan.module.css";
import type { RunActions } from "./useRunActions";

const fault_columns: Column<Reason>[] = [
  {
    key: "why",
    header: "What, and why",
    width: "auto",
    cell: (reason) => (
      <>
        {faultWords(reason)} <code className={styles.code}>{reason.code}</code>
      </>
    ),
  },
  {
    key: "outcome",
    header: "So the record is",
    width: "9rem",
    cell: (reason) => (
      <Pill tone={outcome_words[reason.outcome].tone}>{outcome_words[reason.outcome].text}</Pill>
    ),
  },
  { key: "records", header: "Records", width: "6rem", align: "end", cell: (reason) => count(reason.records) },
];

/** What the run will do, in numbers, before anything is written. */
export function PlanView({ view }: { view: RunView }) {
  const { plan, summary } = view;
  const faults = mergeReasons(plan.faults, view.reasons);
  return (
    <>
      <PlanCounts plan={plan} object={target_words[summary.object].many.toLowerCase()} />
      <div className={styles.split}>
        <div className={styles.column}>
          <Card
            title="Row faults"
            beside={faults.length > 0 && <Count tone="warning">{count(faults.length)}</Count>}
            note={
              faults.length > 0 ? "Values that do not fit, and what follows" : "Every value fits its field."
            }
            bare
            ruled={faults.length > 0}
          >
            {faults.length > 0 && (
              <StaticTable
                label="Row faults"
                columns={fault_columns}
                rows={faults}
                rowKey={(reason) => reason.outcome + reason.code + reason.sentence}
                maxHeight="14rem"
              />
            )}
          </Card>
          <div className={styles.planRows}>
            <Ledger view={view} title="Records of the plan" />
          </div>
        </div>
        <Forecasts view={view} />
      </div>
    </>
  );
}

/** Faults of the plan, counted by field and rule, with refusals by a rule that the plan does not name. */
function mergeReasons(faults: Reason[], reasons: Reason[]): Reason[] {
  const known = new Set(faults.filter(({ outcome }) => outcome === "refused").map(({ code }) => code));
  return [...faults, ...reasons.filter(({ outcome, code }) => outcome === "refused" && !known.has(code))];
}

function PlanCounts({ plan, object }: { plan: Plan; object: string }) {
  const counts = [
    { key: "create", number: plan.create_records, title: "Create", note: `New ${object}` },
    { key: "update", number: plan.update_records, title: "Update", note: `Existing ${object}` },
    { key: "skip", number: plan.skip_records, title: "Skip", note: "Left out on purpose" },
    { key: "refuse", number: plan.refuse_records, title: "Refuse", note: "Against a rule; not sent" },
  ].filter(({ key, number }) => key !== "update" || number > 0);
  return (
    <ul className={styles.counts} aria-label="What the run will do">
      {counts.map(({ key, number, title, note }) => (
        <li key={key} className={classes(key === "refuse" && number > 0 && styles.refuse)}>
          <strong>{count(number)}</strong>
          <b>{title}</b>
          <span>{note}</span>
        </li>
      ))}
    </ul>
  );
}

/** The bar that sends. It is reached by Tab and pressed by itself; no key of the page does it. */
export function PlanFoot({ view, actions }: { view: RunView; actions: RunActions }) {
  const state = useAppState().data;
  const { plan, summary, may } = view;
  const records = plan.create_records + plan.update_records;
  const where = summary.org_kind === "production" ? "Production" : summary.org_name;
  const off = may.send
    ? null
    : records === 0
      ? "There is nothing to send."
      : state?.session !== "connected"
        ? "Log in to Salesforce first."
        : state.exports_on
          ? summary.state_sentence
          : "Exports are off. Ask an admin.";
  return (
    <ActionBar
      strong="Nothing has been written yet."
      text={
        off ??
        (plan.noted_records > 0
          ? `${counted(plan.noted_records, "record goes", "records go")} out with a value changed or left out.`
          : "")
      }
    >
      <Button busy={actions.doing === "cancel" && "Cancelling…"} onClick={actions.cancel}>
        Cancel run
      </Button>
      <Button
        look="primary"
        icon={<Send size={14} strokeWidth={1.75} aria-hidden />}
        busy={actions.doing === "send" && "Starting…"}
        offReason={off}
        reasonPlace="elsewhere"
        onClick={actions.send}
      >
        Send {counted(records, "record", "records")} to {where}
      </Button>
    </ActionBar>
  );
}
