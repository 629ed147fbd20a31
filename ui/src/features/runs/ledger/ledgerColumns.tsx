import { count, counted, timeOfDay, zone } from "../../../format";
import type { LedgerLine } from "../../../ipc";
import { Pill, TextButton, TwoLines, type Column } from "../../../kit";
import { action_words, member_words, outcome_words } from "../../words";
import styles from "./Ledger.module.css";

/** Whether a line's error is a fault; of a record that was left out it only says why. */
export const isAtFault = ({ outcome }: LedgerLine): boolean =>
  outcome === "failed" || outcome === "refused" || outcome === "uncertain";

/** Under the rule: the error's code, why it was left out, what was shortened, or how much was changed. */
function second(line: LedgerLine) {
  const { error_code, error, notes, outcome, changed_values } = line;
  if (isAtFault(line) && error_code) return <code>{error_code}</code>;
  if (error) return error;
  if (notes.length > 0) return notes.join(" ");
  if (changed_values === 0) return "";
  return outcome === "planned" || outcome === "asked"
    ? counted(changed_values, "field to change", "fields to change")
    : counted(changed_values, "field changed", "fields changed");
}

/** Rule or error, and under it the reason, the code or what was shortened. */
const why = (line: LedgerLine) => {
  const fault = isAtFault(line) ? line.error : null;
  const first = fault ?? line.rule;
  return (
    <span title={[first, line.error === first ? "" : line.error, ...line.notes].filter(Boolean).join(" ")}>
      <TwoLines
        first={<span className={fault ? styles.error : undefined}>{first || "—"}</span>}
        second={second(line)}
      />
    </span>
  );
};

const row_column: Column<LedgerLine> = {
  key: "line",
  header: "Row",
  width: "3.75rem",
  align: "end",
  cell: (line) => count(line.line),
};

const profile_column: Column<LedgerLine> = {
  key: "profile",
  header: "Profile",
  width: "minmax(8.5rem, 1.3fr)",
  cell: (line) => <TwoLines first={line.name} second={line.company} />,
};

/** Whether the record is a member of the run's campaign, and why not. */
const member_column: Column<LedgerLine> = {
  key: "member",
  header: "Campaign",
  width: "7rem",
  cell: ({ member }) =>
    member ? (
      <span title={member.error ?? ""}>
        <Pill tone={member_words[member.state].tone}>{member_words[member.state].text}</Pill>
      </span>
    ) : (
      "—"
    ),
};

const recordId = (line: LedgerLine, open: (line: number) => void) =>
  line.salesforce_id === null ? (
    "—"
  ) : (
    <TextButton
      tabIndex={-1}
      aria-label={`Open ${line.name} in Salesforce, ${line.salesforce_id}`}
      onClick={() => open(line.line)}
    >
      <code>{line.salesforce_id}</code>
    </TextButton>
  );

/** The columns of a plan's records: what is done with each, and why. */
export const plannedColumns = (open: (line: number) => void): Column<LedgerLine>[] => [
  row_column,
  profile_column,
  {
    key: "action",
    header: "Plan",
    width: "5.5rem",
    cell: ({ action }) => <Pill tone={action_words[action].tone}>{action_words[action].text}</Pill>,
  },
  { key: "why", header: "Rule or reason", width: "minmax(11rem, 2fr)", cell: why },
  { key: "record", header: "Salesforce record", width: "10rem", cell: (line) => recordId(line, open) },
];

/** Whether a line can be sent again: it failed, was refused, or was left without an answer. */
export const mayRetry = ({ outcome, error_code }: LedgerLine): boolean =>
  outcome === "failed" ||
  outcome === "refused" ||
  (outcome === "skipped" && error_code === "not_answered");

/** The columns of a ledger: what became of each record. */
export const ledgerColumns = ({
  open,
  edit,
  isEdited,
  members,
}: {
  open: (line: number) => void;
  /** Opens the panel that edits a line before it is sent again; without it nothing can be. */
  edit: ((line: LedgerLine) => void) | undefined;
  isEdited: (line: number) => boolean;
  /** Whether the run adds its records to a campaign. */
  members: boolean;
}): Column<LedgerLine>[] => [
  row_column,
  profile_column,
  {
    key: "outcome",
    header: "Outcome",
    width: "5.5rem",
    cell: (line) => <Pill tone={outcome_words[line.outcome].tone}>{outcome_words[line.outcome].text}</Pill>,
  },
  { key: "why", header: "Rule or error", width: "minmax(10rem, 2fr)", cell: why },
  ...(members ? [member_column] : []),
  {
    key: "record",
    header: "Salesforce record",
    width: "9.25rem",
    cell: (line) =>
      edit && mayRetry(line) ? (
        <TextButton
          tabIndex={-1}
          className={styles.edit}
          aria-label={`Edit and retry ${line.name}`}
          onClick={() => edit(line)}
        >
          {isEdited(line.line) ? "Edited, not sent" : "Edit and retry"}
        </TextButton>
      ) : (
        recordId(line, open)
      ),
  },
  {
    key: "time",
    header: `Time, ${zone()}`,
    width: "6.25rem",
    align: "end",
    cell: (line) => timeOfDay(line.settled_at),
  },
];
