import { useQuery } from "@tanstack/react-query";
import { count } from "../../../format";
import { query, type ApiUsage, type ExportSettings, type Fault } from "../../../ipc";
import { Card, GaugeKey, SplitGauge } from "../../../kit";
import styles from "../Integration.module.css";

/** API calls of the org: what others use, what this app uses, and where its own budget ends. */
export function UsageCard({ usage }: { usage: ApiUsage | null }) {
  const settings = useQuery<ExportSettings, Fault>(query("settings.export", {})).data;
  if (!usage) {
    return (
      <Card title="API calls, last 24 hours">
        <p className={styles.note}>Unknown: Salesforce has not told it yet. Check the connection to ask.</p>
      </Card>
    );
  }
  const left = Math.max(0, usage.max_calls - usage.used_calls);
  const own = Math.min(settings?.used_calls_today ?? 0, usage.used_calls);
  const others = usage.used_calls - own;
  const budget = settings?.rules.daily_budget_calls ?? null;
  return (
    <Card
      title="API calls, last 24 hours"
      actions={
        <span>
          <strong className={styles.figure}>{count(left)}</strong> of {count(usage.max_calls)} left
        </span>
      }
    >
      <SplitGauge
        label="API calls in the last 24 hours"
        others={others}
        own={own}
        total={usage.max_calls}
        budget={budget}
        words={`${count(usage.used_calls)} of ${count(usage.max_calls)} used, ${count(own)} of them by Landbridge today`}
      />
      <div className={styles.legend}>
        <span>
          <GaugeKey part="others" /> Others {count(others)}
        </span>
        <span>
          <GaugeKey part="own" /> Landbridge {count(own)}
        </span>
        <span>
          {budget !== null && <GaugeKey part="budget" />}
          {budget === null ? "No daily budget" : `Daily budget ${count(budget)}`}
        </span>
        <a href="#/integration/export">Change</a>
      </div>
      <p className={styles.note}>
        Salesforce counts everybody’s calls; Landbridge’s own are those of today (UTC), as the budget counts
        them.
      </p>
    </Card>
  );
}
