import { clockIn, count, readWhole } from "../../../format";
import { Card, Field, Gauge } from "../../../kit";
import styles from "./Export.module.css";

const day_ms = 86_400_000;

/** Seconds until the next day of UTC begins. */
const untilNextDay = (now: number = Date.now()): number => (day_ms - (now % day_ms)) / 1000;

/** API calls a day that the app never exceeds, and what it used of them today. */
export function BudgetCard({
  budget,
  used,
  error,
  lockedBy,
  onChange,
  onLeave,
}: {
  /** As it is typed; blank for none. */
  budget: string;
  used: number;
  error: string | null;
  lockedBy: string | undefined;
  onChange: (budget: string) => void;
  onLeave: () => void;
}) {
  const total = readWhole(budget);
  const words =
    total === null || total === 0
      ? `${count(used)} used today`
      : `${count(used)} of ${count(total)} used today`;
  return (
    <Card title="API budget">
      <div className={styles.stack}>
        <Field
          label="API calls a day"
          kind="number"
          value={budget}
          placeholder="No budget"
          error={error}
          lockedBy={lockedBy}
          hint="Blank for no budget of the app’s own; Salesforce’s limit holds in any case."
          onChange={onChange}
          onBlur={onLeave}
        />
        {total !== null && total > 0 && (
          <Gauge label="API calls of the budget used today" used={used} total={total} words={words} />
        )}
        <p className={styles.soft}>
          <strong>{words}.</strong> A day is one of UTC; the next begins at {clockIn(untilNextDay())}. Runs
          that use up the budget wait until then.
        </p>
      </div>
    </Card>
  );
}
