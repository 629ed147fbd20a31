import { count } from "../../../format";
import type { Outcome, Reason, Tally } from "../../../ipc";
import { Card, classes, Count } from "../../../kit";
import { outcome_words } from "../../words";
import styles from "./Ledger.module.css";

const shown: { outcome: Outcome; field: keyof Tally }[] = [
  { outcome: "failed", field: "failed_records" },
  { outcome: "uncertain", field: "uncertain_records" },
  { outcome: "refused", field: "refused_records" },
  { outcome: "skipped", field: "skipped_records" },
];

/** Why records failed or were left out, the most frequent first. Each shows its own records in the ledger. */
export function Reasons({
  reasons,
  tally,
  code,
  onSelect,
}: {
  reasons: Reason[];
  tally: Tally;
  /** The code that the ledger shows now. */
  code: string | null;
  onSelect: (reason: Reason | null) => void;
}) {
  const groups = shown
    .map(({ outcome, field }) => ({
      outcome,
      total: tally[field],
      list: reasons.filter((reason) => reason.outcome === outcome),
    }))
    .filter(({ list }) => list.length > 0);
  if (groups.length === 0) return null;
  return (
    <Card>
      {groups.map(({ outcome, total, list }) => {
        const most = Math.max(...list.map((reason) => reason.records));
        return (
          <section key={outcome} aria-label={outcome_words[outcome].text}>
            <h2 className={styles.reasonTitle}>
              {outcome_words[outcome].text} <Count tone={outcome_words[outcome].tone}>{count(total)}</Count>
            </h2>
            <ul>
              {list.map((reason) => (
                <li key={reason.code + reason.sentence}>
                  <button
                    type="button"
                    className={styles.reason}
                    aria-pressed={reason.code !== "" && reason.code === code}
                    onClick={() => onSelect(reason.code === code ? null : reason)}
                  >
                    <span className={styles.reasonWords}>
                      {reason.sentence || "By its rule, which the ledger tells"}{" "}
                      {reason.code && <code className={styles.code}>{reason.code}</code>}
                    </span>
                    <strong>{count(reason.records)}</strong>
                    <span className={styles.reasonBar} aria-hidden>
                      <span
                        className={classes(
                          outcome === "skipped" && styles.gray,
                          outcome === "uncertain" && styles.amber,
                        )}
                        style={{ width: `${(reason.records / most) * 100}%` }}
                      />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Card>
  );
}
