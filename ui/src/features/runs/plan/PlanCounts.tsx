import { count, counted } from "../../../format";
import type { Plan, RunView } from "../../../ipc";
import { classes, Pill } from "../../../kit";
import { target_words } from "../../words";
import styles from "./Plan.module.css";

/** Parts of a plan; each has its number and its content. */
export type PlanPart = "create" | "update" | "skip" | "ask" | "refuse" | "accounts" | "delete" | "restore";

interface PartCount {
  part: PlanPart;
  number: number;
  title: string;
  note: string;
}

const writtenValues = (plan: Plan) => plan.filled_values + plan.overwritten_values + plan.cleared_values;

/** What waits for an answer: questions about duplicates, and companies without an account. */
export const openQuestions = (plan: Plan): number => plan.ask_records + plan.ask_companies;

function askNote({ ask_records, ask_companies }: Plan): string {
  if (ask_records === 0 && ask_companies === 0) return "Nothing waits for an answer";
  const companies = `${ask_records > 0 ? "accounts" : "Accounts"} of ${counted(ask_companies, "company", "companies")}`;
  if (ask_records === 0) return companies;
  return ask_companies === 0 ? "Likely or possible duplicates" : `Duplicates, and ${companies}`;
}

/** Every part that the run has, in order, with its number. */
export function partsOf({ plan, summary }: RunView): PartCount[] {
  const many = target_words[summary.object].many.toLowerCase();
  if (summary.kind === "undo") {
    const source = summary.source_run === null ? "the run" : `run ${summary.source_run}`;
    return [
      {
        part: "restore",
        number: plan.restore_records,
        title: "Restore",
        note: "Get their values from before",
      },
      { part: "delete", number: plan.delete_records, title: "Delete", note: `Created by ${source}` },
      { part: "skip", number: plan.skip_records, title: "Leave alone", note: "Changed since, or gone" },
    ];
  }
  const owner = plan.owner?.name ? `, owner ${plan.owner.name}` : "";
  return [
    { part: "create", number: plan.create_records, title: "Create", note: `New ${many}${owner}` },
    ...(plan.create_account_records > 0
      ? [
          {
            part: "accounts" as const,
            number: plan.create_account_records,
            title: "New accounts",
            note: "For contacts whose company has none",
          },
        ]
      : []),
    {
      part: "update",
      number: plan.update_records,
      title: "Update",
      note:
        plan.update_records > 0
          ? `${counted(writtenValues(plan), "value", "values")}, ${count(plan.overwritten_values)} overwrite one`
          : `Existing ${many}`,
    },
    { part: "skip", number: plan.skip_records, title: "Skip", note: "Left out on purpose" },
    { part: "ask", number: openQuestions(plan), title: "Ask", note: askNote(plan) },
    ...(plan.refuse_records > 0
      ? [
          {
            part: "refuse" as const,
            number: plan.refuse_records,
            title: "Refuse",
            note: "Against a rule; not sent",
          },
        ]
      : []),
  ];
}

/** What somebody should look at first: what waits for them, then what is written over. */
export function firstPart(view: RunView): PlanPart {
  const parts = partsOf(view);
  const wanted: PlanPart[] = ["ask", "update", "create", "restore", "delete", "refuse", "skip"];
  const number = (part: PlanPart) => parts.find((one) => one.part === part)?.number ?? 0;
  return wanted.find((part) => number(part) > 0) ?? parts[0]?.part ?? "create";
}

/** The numbers of the plan. Each opens what it counts. */
export function PlanCounts({
  view,
  selected,
  onSelect,
}: {
  view: RunView;
  selected: PlanPart;
  onSelect: (part: PlanPart) => void;
}) {
  return (
    <ul className={styles.counts} aria-label="What the run will do">
      {partsOf(view).map(({ part, number, title, note }) => (
        <li key={part}>
          <button
            type="button"
            className={classes(styles.count, part === "refuse" && number > 0 && styles.refuse)}
            aria-pressed={part === selected}
            onClick={() => onSelect(part)}
          >
            <strong>{count(number)}</strong>
            <b>
              {title}
              {part === "ask" && number > 0 && <Pill tone="warning">Your answer</Pill>}
            </b>
            <span>{note}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
