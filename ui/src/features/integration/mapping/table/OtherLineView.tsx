import { Lock, Plus } from "lucide-react";
import { Button, classes, TwoLines } from "../../../../kit";
import type { OtherLine } from "./lines";
import { VerdictMark } from "./ResultCell";
import { TargetWords } from "./TargetCell";
import styles from "./Table.module.css";

/** A row that cannot be changed here: one that the native app sets, or a required field that waits for its row. */
export function OtherLineView({
  line,
  locked,
  onAdd,
}: {
  line: OtherLine;
  locked: boolean;
  onAdd: (target: string) => void;
}) {
  if (line.kind === "unmapped") {
    return (
      <div role="row" className={classes(styles.row, styles.ghostRow)}>
        <div role="cell" className={styles.order} />
        <div role="cell" className={styles.cell}>
          {locked ? (
            <span className={styles.blank}>No row</span>
          ) : (
            <Button
              size="small"
              icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
              aria-label={`Add a row for ${line.field.label}`}
              onClick={() => onAdd(line.field.target)}
            >
              Add a row
            </Button>
          )}
        </div>
        <div role="cell" className={classes(styles.cell, styles.sample)} />
        <div role="cell" className={styles.cell}>
          <TargetWords
            kind={null}
            label={line.field.label}
            name={line.field.target}
            type=""
            required
            quiet
          />
        </div>
        <div role="cell" className={styles.cell} />
        <div role="cell" className={styles.cell}>
          <span className={classes(styles.sentence, styles.sentenceError)}>
            Required, and no row maps it.
          </span>
        </div>
        <div role="cell" className={styles.marks}>
          <VerdictMark line={line} />
        </div>
      </div>
    );
  }
  const { view } = line;
  return (
    <div role="row" className={classes(styles.row, styles.lockedRow)} title={view.verdict_sentence}>
      <div role="cell" className={styles.order} />
      <div role="cell" className={classes(styles.cell, styles.padded)}>
        <TwoLines first={view.source} second={view.source_kind} />
      </div>
      <div role="cell" className={classes(styles.cell, styles.sample)}>
        <span className={styles.clamp}>{view.sample_value || "(blank)"}</span>
      </div>
      <div role="cell" className={classes(styles.cell, styles.padded)}>
        <TargetWords
          kind={view.target_kind}
          label={view.target_label}
          name={view.target_name}
          type={view.target_type}
          required={false}
          quiet
        />
      </div>
      <div role="cell" className={classes(styles.cell, styles.padded)}>
        Set by the app
      </div>
      <div role="cell" className={classes(styles.cell, styles.padded)}>
        <span className={styles.clamp}>{view.result || view.result_note || "Not written"}</span>
      </div>
      <div role="cell" className={styles.marks}>
        <span className={classes(styles.verdict, styles.quiet)} role="img" aria-label="Locked: set by the app">
          <Lock size={14} strokeWidth={1.75} aria-hidden />
        </span>
      </div>
    </div>
  );
}
