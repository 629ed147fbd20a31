import { count } from "../../../format";
import type { ApiUsage } from "../../../ipc";
import { Card, Gauge } from "../../../kit";
import styles from "../Integration.module.css";

export function UsageCard({ usage }: { usage: ApiUsage | null }) {
  if (!usage) {
    return (
      <Card title="API calls, last 24 hours">
        <p className={styles.soft}>Unknown: Salesforce has not told it yet. Check the connection to ask.</p>
      </Card>
    );
  }
  const left = Math.max(0, usage.max_calls - usage.used_calls);
  return (
    <Card
      title="API calls, last 24 hours"
      actions={
        <span>
          <strong>{count(left)}</strong> of {count(usage.max_calls)} left
        </span>
      }
    >
      <Gauge
        label="API calls in the last 24 hours"
        used={usage.used_calls}
        total={usage.max_calls}
        words={`${count(usage.used_calls)} of ${count(usage.max_calls)} used`}
      />
      <p className={styles.soft}>
        {count(usage.used_calls)} used by everybody in the org, Landbridge among them, as Salesforce counts
        them.
      </p>
    </Card>
  );
}
