import { useEffect, useState, type ReactNode } from "react";
import { Button } from "./Button";
import { classes } from "./classes";
import styles from "./States.module.css";

/** Gray lines in place of what is being read. They come after 150 ms, so that a quick answer does not flicker. */
export function Skeleton({ label, lines = 4 }: { label: string; lines?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div hidden aria-busy />;
  return (
    <div className={styles.skeleton} role="status" aria-label={label} aria-busy>
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={index}
          className={styles.line}
          style={{ width: `${72 - ((index * 17) % 40)}%` }}
          aria-hidden
        />
      ))}
    </div>
  );
}

/** There is nothing yet: what the thing is, and its first action. */
export function EmptyState({
  title,
  text,
  actions,
}: {
  title: string;
  text: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      <h2 className={styles.title}>{title}</h2>
      <p>{text}</p>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** There is something, but the filter leaves none of it. */
export function NoMatch({ title, text, onClear }: { title: string; text: string; onClear: () => void }) {
  return (
    <div className={styles.state} role="status">
      <h2 className={styles.title}>{title}</h2>
      <p>{text}</p>
      <div className={styles.actions}>
        <Button size="bar" onClick={onClear}>
          Clear filters
        </Button>
      </div>
    </div>
  );
}

/** It could not be read: what, why, and Try again. */
export function ErrorState({
  title,
  text,
  detail,
  onRetry,
  action,
}: {
  title: string;
  text: string;
  detail?: string | null;
  onRetry: () => void;
  action?: ReactNode;
}) {
  return (
    <div className={styles.state} role="alert">
      <h2 className={classes(styles.title, styles.failed)}>{title}</h2>
      <p>{text}</p>
      {detail && <p className={styles.detail}>{detail}</p>}
      <div className={styles.actions}>
        <Button size="bar" onClick={onRetry}>
          Try again
        </Button>
        {action}
      </div>
    </div>
  );
}
