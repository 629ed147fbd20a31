import { count } from "../../../format";
import { useAppState } from "../../../frame";
import type { Plan } from "../../../ipc";
import { Card, Gauge } from "../../../kit";
import styles from "./Plan.module.css";

/** What the run costs in API calls, step by step, against the admin's budget or, without one, the org's day. */
export function ApiCost({ plan }: { plan: Plan }) {
  const usage = useAppState().data?.usage;
  const { budget, estimated_api_calls } = plan;
  const of = budget
    ? { used: budget.used_calls, total: budget.daily_calls, where: "left in today’s budget" }
    : usage
      ? { used: usage.used_calls, total: usage.max_calls, where: "left in 24 hours" }
      : null;
  const over = of !== null && of.used + estimated_api_calls > of.total;
  return (
    <Card
      title="API cost"
      actions={
        <span className={styles.cost}>
          <strong>{count(estimated_api_calls)}</strong>
          {of && ` of ${count(Math.max(0, of.total - of.used))} ${of.where}`}
        </span>
      }
    >
      {of && (
        <Gauge
          label={
            budget ? "API calls of today’s budget, with this run" : "API calls in 24 hours, with this run"
          }
          used={of.used}
          expected={estimated_api_calls}
          total={of.total}
          words={`${count(of.used + estimated_api_calls)} of ${count(of.total)}`}
        />
      )}
      {over && (
        <p className={styles.over}>
          {budget
            ? "It cannot be sent with so few calls left. The budget is full again at midnight UTC; an admin can raise it on the Export tab."
            : "It cannot be sent with so few calls left. Send it when Salesforce gives new ones."}
        </p>
      )}
      <dl className={styles.costs}>
        {plan.costs.map((cost) => (
          <div key={cost.label}>
            <dt>{cost.label}</dt>
            <dd>{count(cost.api_calls)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
