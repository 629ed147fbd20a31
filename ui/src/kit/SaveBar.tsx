import { CircleAlert, Shield, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./Button";
import button from "./Button.module.css";
import { classes } from "./classes";
import styles from "./SaveBar.module.css";

/** More changes than these are only counted. */
const most_changes = 4;

/** There only while something is changed: what, what to know before saving, how many errors, Discard, Save changes. */
export function SaveBar({
  changes,
  warning,
  errors,
  onShowError,
  saving,
  onDiscard,
  onSave,
  children,
}: {
  changes: string[];
  /** What does not refuse a save, in a few words. */
  warning?: string | null;
  errors: number;
  onShowError: () => void;
  saving: boolean;
  onDiscard: () => void;
  onSave: () => void;
  /** What goes along with a save, such as a note. */
  children?: ReactNode;
}) {
  if (changes.length === 0) return null;
  const more = changes.length - most_changes;
  return (
    <section className={styles.bar} aria-label="Unsaved changes">
      <span className={styles.dot} aria-hidden />
      <span className={styles.words} role="status">
        <span className={styles.changes}>
          <strong>Unsaved changes:</strong> {changes.slice(0, most_changes).join(", ")}
          {more > 0 && `, and ${more} more`}
        </span>
        {warning && (
          <span className={styles.warning}>
            <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
            {warning}
          </span>
        )}
      </span>
      {errors > 0 && (
        <button type="button" className={classes(button.asText, styles.problem)} onClick={onShowError}>
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
          {errors === 1 ? "1 error to fix before saving" : `${errors} errors to fix before saving`}
        </button>
      )}
      {children}
      <Button onClick={onDiscard}>Discard</Button>
      <Button look="primary" busy={saving && "Saving…"} onClick={onSave}>
        Save changes
      </Button>
    </section>
  );
}

/** A bar at the foot of a page with the one next step, and what has happened so far. */
export function ActionBar({
  strong,
  text,
  children,
}: {
  strong: string;
  text?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.bar} aria-label="Next step">
      <Shield size={16} strokeWidth={1.75} className={styles.icon} aria-hidden />
      <span className={styles.words}>
        <strong>{strong}</strong> {text}
      </span>
      {children}
    </section>
  );
}
