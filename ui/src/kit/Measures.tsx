import { classes } from "./classes";
import styles from "./Measures.module.css";

const share = (part: number, whole: number) => (whole > 0 ? Math.min(1, part / whole) : 0);

/**
 * Used of total: accent under 75 %, amber from 75 %, danger at the limit. The words stand beside it. `expected` is what
 * comes on top, lighter and behind a mark.
 */
export function Gauge({
  label,
  used,
  expected = 0,
  total,
  words,
}: {
  label: string;
  used: number;
  expected?: number;
  total: number;
  words: string;
}) {
  const part = share(used + expected, total);
  return (
    <div
      className={classes(styles.track, styles.thin)}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={Math.min(used + expected, total)}
      aria-valuetext={words}
    >
      <div
        className={classes(styles.fill, part >= 1 ? styles.full : part >= 0.75 && styles.amber)}
        style={{ width: `${share(used, total) * 100}%` }}
      />
      {expected > 0 && (
        <div
          className={styles.expected}
          style={{
            insetInlineStart: `${share(used, total) * 100}%`,
            width: `${Math.max(0, share(expected, total) * 100)}%`,
          }}
        />
      )}
    </div>
  );
}

/** Who used how much of a total: others first, then this app, and a mark where its own budget ends. */
export function SplitGauge({
  label,
  others,
  own,
  total,
  budget,
  words,
}: {
  label: string;
  others: number;
  own: number;
  total: number;
  /** What this app may use on top of the others; `null` for no budget. */
  budget: number | null;
  words: string;
}) {
  const used = share(others + own, total);
  return (
    <div
      className={styles.split}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={Math.min(others + own, total)}
      aria-valuetext={words}
    >
      <div className={styles.splitTrack}>
        <div className={styles.others} style={{ width: `${share(others, total) * 100}%` }} />
        <div
          className={classes(styles.own, used >= 1 ? styles.full : used >= 0.75 && styles.amber)}
          style={{ width: `${share(own, total) * 100}%` }}
        />
      </div>
      {budget !== null && (
        <div
          className={styles.mark}
          style={{ insetInlineStart: `calc(${share(others + budget, total) * 100}% - 1px)` }}
        />
      )}
    </div>
  );
}

/** What a part of a `SplitGauge` stands for. */
export function GaugeKey({ part }: { part: "others" | "own" | "budget" }) {
  return <span className={classes(styles.gaugeKey, styles[`${part}Key`])} aria-hidden />;
}

/** How far one piece of work is; without `done` only that it goes on. */
export function Progress({ label, done, total }: { label: string; done?: number; total?: number }) {
  const known = done !== undefined && total !== undefined && total > 0;
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(share(done, total) * 100) : undefined}
    >
      <div
        className={classes(styles.fill, !known && styles.indeterminate)}
        style={known ? { width: `${share(done, total) * 100}%` } : undefined}
      />
    </div>
  );
}

export type OutcomePart =
  | "created"
  | "updated"
  | "deleted"
  | "restored"
  | "skipped"
  | "refused"
  | "failed"
  | "uncertain"
  | "waiting"
  | "asked";

/** Outcomes side by side, always in the same order; the counts stand beside it in words. */
export function StackedBar({
  label,
  parts,
  slim = false,
}: {
  label: string;
  parts: { part: OutcomePart; count: number }[];
  slim?: boolean;
}) {
  return (
    <div className={classes(styles.stack, slim && styles.slim)} role="img" aria-label={label}>
      {parts
        .filter(({ count }) => count > 0)
        .map(({ part, count }) => (
          <div
            key={part}
            className={classes(styles.part, styles[part])}
            style={{ flexGrow: count, flexBasis: 0 }}
          />
        ))}
    </div>
  );
}

/** The colour of an outcome, for a legend. */
export function Swatch({ part }: { part: OutcomePart }) {
  return <span className={classes(styles.swatch, styles[part])} aria-hidden />;
}
