import { count, moment, timeOfDay, zone } from "../../format";
import type { LedgerLine, RunSummary } from "../../ipc";
import { Pill, StackedBar, TextButton, TwoLines, type Column } from "../../kit";
import styles from "./Runs.module.css";
import { api_words, outcome_words, parts_in_order, state_words, target_words } from "../words";

const bar = (run: RunSummary) => {
  const parts = parts_in_order.map(({ part, field, text }) => ({ part, text, count: run.tally[field] }));
  const words = parts
    .filter((part) => part.count > 0)
    .map((part) => `${count(part.count)} ${part.text.toLowerCase()}`)
    .join(", ");
  return { parts, words: words || "Nothing yet" };
};

export const run_columns: Column<RunSummary>[] = [
  {
    key: "run",
    header: "Run",
    width: "4.5rem",
    align: "end",
    cell: (run) => (
      <a href={`#/runs/${run.run}`} tabIndex={-1}>
        {count(run.run)}
      </a>
    ),
  },
  {
    key: "list",
    header: "Export",
    width: "minmax(11rem, 1.6fr)",
    cell: (run) => (
      <TwoLines
        first={<strong>{run.list_name}</strong>}
        second={`as ${target_words[run.object].many}, ${api_words[run.api]}`}
      />
    ),
  },
  {
    key: "state",
    header: "State",
    width: "7rem",
    cell: (run) => <Pill tone={state_words[run.state].tone}>{state_words[run.state].text}</Pill>,
  },
  {
    key: "records",
    header: "Records",
    width: "5.5rem",
    align: "end",
    cell: (run) => count(run.total_records),
  },
  {
    key: "outcome",
    header: "Outcome",
    width: "minmax(11rem, 2fr)",
    cell: (run) => {
      const { parts, words } = bar(run);
      return (
        <span className={styles.outcome} title={words}>
          <StackedBar slim label={words} parts={parts} />
          <span>{words}</span>
        </span>
      );
    },
  },
  { key: "calls", header: "API calls", width: "5.5rem", align: "end", cell: (run) => count(run.api_calls) },
  {
    key: "planned",
    header: "Planned",
    width: "minmax(14rem, 1fr)",
    cell: (run) => (
      <TwoLines first={moment(run.planned_at)} second={`by ${run.started_by}, ${run.org_name}`} />
    ),
  },
];

/** Rule or error, and under it the code or what was shortened. */
const why = (line: LedgerLine) => {
  const second = line.error_code ?? (line.notes.length > 0 ? line.notes.join(" ") : "");
  const first = line.error ?? line.rule;
  return (
    <span title={[first, ...line.notes].join(" ")}>
      <TwoLines
        first={<span style={line.error ? { color: "var(--danger-text)" } : undefined}>{first || "—"}</span>}
        second={line.error_code ? <code>{second}</code> : second}
      />
    </span>
  );
};

export function ledgerColumns(openRecord: ((line: number) => void) | undefined): Column<LedgerLine>[] {
  const planned: Column<LedgerLine>[] = [
    { key: "line", header: "Row", width: "4rem", align: "end", cell: (line) => count(line.line) },
    {
      key: "profile",
      header: "Profile",
      width: "minmax(9rem, 1.3fr)",
      cell: (line) => <TwoLines first={line.name} second={line.company} />,
    },
    {
      key: "outcome",
      header: "Outcome",
      width: "6rem",
      cell: (line) => <Pill tone={outcome_words[line.outcome].tone}>{outcome_words[line.outcome].text}</Pill>,
    },
    { key: "why", header: "Rule or error", width: "minmax(11rem, 2fr)", cell: why },
  ];
  if (!openRecord) return planned;
  return [
    ...planned,
    {
      key: "record",
      header: "Salesforce record",
      width: "9.25rem",
      cell: (line) =>
        line.salesforce_id === null ? (
          "—"
        ) : (
          <TextButton
            tabIndex={-1}
            aria-label={`Open ${line.name} in Salesforce, ${line.salesforce_id}`}
            onClick={() => openRecord(line.line)}
          >
            <code>{line.salesforce_id}</code>
          </TextButton>
        ),
    },
    {
      key: "time",
      header: `Time, ${zone()}`,
      width: "6.5rem",
      align: "end",
      cell: (line) => timeOfDay(line.settled_at),
    },
  ];
}
