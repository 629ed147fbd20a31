import { CircleAlert, CircleCheck, CircleHelp, Lock, TriangleAlert, type LucideIcon } from "lucide-react";
import { createElement } from "react";
import type { Finding, MappingProblem, MappingRowView, Verdict } from "../../../../ipc";
import { classes, TextButton } from "../../../../kit";
import { verdictOf, type Line, type RowLine } from "./lines";
import styles from "./Table.module.css";

const verdicts: Record<Verdict, { Icon: LucideIcon; text: string; className: string | undefined }> = {
  ready: { Icon: CircleCheck, text: "Ready", className: styles.ready },
  warning: { Icon: TriangleAlert, text: "To check", className: styles.warning },
  error: { Icon: CircleAlert, text: "Error", className: styles.error },
  locked: { Icon: Lock, text: "Set by the app", className: styles.quiet },
  unknown: { Icon: CircleHelp, text: "Unknown", className: styles.quiet },
};

const whyOf = ({ view, tested, drift }: RowLine) =>
  tested?.sentence || view?.verdict_sentence || drift[0]?.sentence;

export function VerdictMark({ line }: { line: Line }) {
  const { Icon, text, className } = verdicts[verdictOf(line)];
  const why = line.kind === "row" ? whyOf(line) : "";
  return (
    <span
      className={classes(styles.verdict, className)}
      role="img"
      aria-label={text}
      title={why ? `${text}: ${why}` : text}
    >
      {createElement(Icon, { size: 16, strokeWidth: 1.75, "aria-hidden": true })}
    </span>
  );
}

/** What would be written for the sample, and why; below it what the engine found wrong, for it or for the list. */
export function ResultCell({
  line,
  onExample,
  onMapValues,
}: {
  line: RowLine;
  onExample: (finding: Finding) => void;
  onMapValues: ((key: number) => void) | undefined;
}) {
  const { view, check } = line;
  const verdict = verdictOf(line);
  const at_control = (one: MappingProblem) => one.part !== "whole" || one.code === "row_blank";
  const told = new Set(line.problems.filter(at_control).map((one) => one.sentence));
  const sentences = [
    ...new Set([
      ...line.problems.filter((one) => !at_control(one)).map((one) => one.sentence),
      ...(view && view.verdict !== "ready" ? [view.verdict_sentence] : []),
      // What stops exports stands as a problem already; a new name is told beside it.
      ...line.drift
        .filter((one) => line.problems.length === 0 || one.renamed_to !== null)
        .map((one) => one.sentence),
    ]),
  ].filter((sentence) => sentence !== "" && !told.has(sentence));
  const unmapped = check?.values.find((value) => !value.known)?.value;
  const list_kind = view?.target_kind === "picklist" || view?.target_kind === "multipicklist";
  const to_map = unmapped ?? (list_kind && verdict === "warning" ? view.sample_value : "");
  return (
    <div className={styles.result}>
      <Words view={view} stopped={line.problems.length > 0} />
      {sentences.map((sentence) => (
        <span
          key={sentence}
          className={classes(styles.sentence, verdict === "error" && styles.sentenceError)}
        >
          {sentence}
        </span>
      ))}
      {line.tested && line.problems.length === 0 && (
        <span className={classes(styles.sentence, line.tested.verdict === "refused" && styles.sentenceError)}>
          Test: {line.tested.sentence || `now “${line.tested.read_back}”.`}
        </span>
      )}
      {to_map && onMapValues && (
        <TextButton className={styles.link} onClick={() => onMapValues(line.key)}>
          Map “{to_map}”
        </TextButton>
      )}
      {check?.findings.map((finding) => (
        <span key={finding.code} className={classes(styles.sentence, !finding.left_out && styles.soft)}>
          {finding.sentence}{" "}
          <TextButton
            className={styles.link}
            aria-label={`Show one: ${finding.sentence}`}
            onClick={() => onExample(finding)}
          >
            Show one
          </TextButton>
        </span>
      ))}
      <span className={styles.sampleBelow}>Sample: {view?.sample_value || "(blank)"}</span>
    </div>
  );
}

function Words({ view, stopped }: { view: MappingRowView | undefined; stopped: boolean }) {
  const result = view?.result ?? "";
  const note = view?.result_note ?? "";
  if (result) {
    return (
      <span className={styles.twoLines} title={[result, note].filter(Boolean).join(" · ")}>
        <span>{result}</span>
        {note && <span className={styles.second}>{note}</span>}
      </span>
    );
  }
  return <span className={styles.blank}>{(!stopped && note) || "Not written"}</span>;
}
