import type { Outcome, RunView } from "../../../ipc";
import { outcome_words, parts_in_order } from "../../words";
import { everything, type LedgerFilter } from "./useLedger";

interface Filter {
  key: string;
  text: string;
  lines: number;
  set: LedgerFilter;
}

/** Outcomes that have lines, with their number in the whole run; then the accounts that a run of contacts created. */
export function filtersOf({ summary, plan }: RunView): Filter[] {
  const outcomes = parts_in_order.flatMap(({ part, field }) => {
    const lines = summary.tally[field];
    if (lines === 0 || part === "waiting") return [];
    const outcome: Outcome = part;
    return [
      {
        key: outcome,
        text: outcome_words[outcome].text,
        lines,
        // Where accounts have lines too, the numbers are those of the run's object.
        set: { ...everything, outcome, object: plan.create_account_records > 0 ? summary.object : null },
      },
    ];
  });
  const accounts: Filter[] =
    plan.create_account_records > 0 && summary.object !== "account"
      ? [
          {
            key: "accounts",
            text: "New accounts",
            lines: plan.create_account_records,
            set: { ...everything, object: "account" },
          },
        ]
      : [];
  return [...outcomes, ...accounts];
}
