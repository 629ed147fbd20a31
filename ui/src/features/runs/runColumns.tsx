import { count, moment } from "../../format";
import type { RunSummary } from "../../ipc";
import { Pill, StackedBar, TextButton, TwoLines, type Column } from "../../kit";
import { api_words, parts_in_order, state_words, target_words } from "../words";
import styles from "./Runs.module.css";

const bar = (run: RunSummary) => {
  const parts = parts_in_order.map(({ part, field, text }) => ({ part, text, count: run.tally[field] }));
  const words = parts
    .filter((part) => part.count > 0)
    .map((part) => `${count(part.count)} ${part.text.toLowerCase()}`)
    .join(", ");
  return { parts, words: words || "Nothing yet" };
};

/** What kind of run it is, of what. */
const kindWords = (run: RunSummary): string =>
  run.kind === "undo"
    ? `Undo of run ${run.source_run ?? ""}`
    : `as ${target_words[run.object].many}, ${api_words[run.api]}${run.source_run === null ? "" : `, from run ${run.source_run}`}`;

/** An export that ended can be planned again. */
const mayRepeat = (run: RunSummary) => run.kind === "export" && run.finished_at !== null;

export const runColumns = (onRepeat: (run: RunSummary) => void): Column<RunSummary>[] => [
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
    header: "Run of",
    width: "minmax(11rem, 1.6fr)",
    cell: (run) => <TwoLines first={<strong>{run.list_name}</strong>} second={kindWords(run)} />,
  },
  {
    key: "state",
    header: "State",
    width: "7rem",
    cell: (run) => (
      <span title={run.state_sentence}>
        <Pill tone={state_words[run.state].tone}>{state_words[run.state].text}</Pill>
      </span>
    ),
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
    width: "minmax(12rem, 1fr)",
    cell: (run) => (
      <TwoLines first={moment(run.planned_at)} second={`by ${run.started_by}, ${run.org_name}`} />
    ),
  },
  {
    key: "repeat",
    header: "Again",
    width: "6.5rem",
    cell: (run) =>
      mayRepeat(run) ? (
        <TextButton tabIndex={-1} aria-label={`Plan it again: run ${run.run}`} onClick={() => onRepeat(run)}>
          Plan it again
        </TextButton>
      ) : (
        "—"
      ),
  },
];
