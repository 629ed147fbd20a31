import { Check } from "lucide-react";
import { classes } from "./classes";
import { Unseen } from "./Layout";
import styles from "./Path.module.css";

export interface PathStep {
  title: string;
  /** Where a step that is done, or the result, can be looked at. */
  href?: string | undefined;
}

/** Where a run is, from choosing to the ledger. Done steps can be opened, never repeated. */
export function Path({
  steps,
  now,
  reached = now,
}: {
  steps: PathStep[];
  /** The step that is looked at. */
  now: number;
  /** How far the run is, when a step before that is looked at. */
  reached?: number;
}) {
  return (
    <ol className={styles.path} aria-label="Steps of this run">
      {steps.map((step, index) => {
        const current = index === now;
        const done = !current && index < reached;
        const words = (
          <>
            {done && <Check size={12} strokeWidth={2} aria-hidden />}
            {step.title}
            {done && <Unseen>, done</Unseen>}
          </>
        );
        return (
          <li
            key={step.title}
            className={classes(styles.step, done && styles.done, current && styles.now)}
            aria-current={current ? "step" : undefined}
          >
            {step.href && !current ? (
              <a className={styles.link} href={step.href}>
                {words}
              </a>
            ) : (
              words
            )}
          </li>
        );
      })}
    </ol>
  );
}
