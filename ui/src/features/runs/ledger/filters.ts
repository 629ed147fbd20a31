import type { Outcome, RunView } from "../../../ipc";
import { member_words, outcome_words, parts_in_order } from "../../words";
import { everything, type LedgerFilter } from "./useLedger";

interface Filter {
  key: string;
  text: string;
  lines: number;
  set: LedgerFilter;
}

/**
 * Outcomes that have lines, with their number in the whole run; then the accounts that a run of contacts created, and who did
 * not become a member of the campaign.
 */
export function filtersOf({ summary, plan, members }: RunView): Filter[] {
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
  const missing = members?.failed_members ?? 0;
  const outside: Filter[] =
    missing > 0
      ? [
          {
            key: "members",
            text: member_words.failed.text,
            lines: missing,
            set: { ...everything, member_state: "failed" },
          },
        ]
      : [];
  return [...outcomes, ...accounts, ...outside];
}
