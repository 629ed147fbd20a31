import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { count } from "../../format";
import { useAppState } from "../../frame";
import type { ForecastState, RunView } from "../../ipc";
import { Card, Gauge, Unseen } from "../../kit";
import styles from "./Plan.module.css";

const icons: Record<ForecastState, { Icon: typeof X; className: string | undefined; words: string }> = {
  runs: { Icon: CircleCheck, className: styles.runs, words: "Will run:" },
  will_not_run: { Icon: X, className: styles.not, words: "Will not run:" },
  may_refuse: { Icon: TriangleAlert, className: styles.may, words: "May refuse:" },
};

/** Where the number of records lies between 1 and 100,000, on a logarithmic line. */
const place = (records: number) => Math.min(1, Math.log10(Math.max(1, records)) / 5);

/** REST or Bulk, the rules that will fire and will not, and what it costs. */
export function Forecasts({ view }: { view: RunView }) {
  const { plan, summary } = view;
  const usage = useAppState().data?.usage;
  const records = plan.create_records + plan.update_records;
  const border = place(25.5);
  const left = usage ? Math.max(0, usage.max_calls - usage.used_calls) : null;
  return (
    <div className={styles.column}>
      <Card title="What will fire">
        <div className={styles.line}>
          <p>
            <span data-on={summary.api === "rest" || undefined}>REST API</span>
            <span data-on={summary.api === "bulk" || undefined}>Bulk API 2.0</span>
          </p>
          <div className={styles.track} aria-hidden>
            <span data-on={summary.api === "rest" || undefined} style={{ flexGrow: border }} />
            <span data-on={summary.api === "bulk" || undefined} style={{ flexGrow: 1 - border }} />
            {records > 0 && <i style={{ insetInlineStart: `${place(records) * 100}%` }} />}
          </div>
          <p className={styles.scale}>
            <span>1–25</span>
            <span>
              <strong>{count(records)}</strong> {records === 1 ? "record" : "records"}
            </span>
            <span>26–100,000</span>
          </p>
        </div>
        <ul className={styles.forecasts}>
          {plan.forecasts.map((forecast) => {
            const { Icon, className, words } = icons[forecast.state];
            return (
              <li key={forecast.title}>
                <Icon size={16} strokeWidth={1.75} className={className} aria-hidden />
                <span>
                  <Unseen>{words}</Unseen> <strong>{forecast.title}</strong> {forecast.sentence}
                </span>
              </li>
            );
          })}
        </ul>
      </Card>
      <Card
        title="API cost"
        actions={
          <span className={styles.cost}>
            <strong>{count(plan.estimated_api_calls)}</strong>
            {left !== null && ` of ${count(left)} left today`}
          </span>
        }
      >
        {usage && (
          <Gauge
            label="API calls in the last 24 hours, with this run"
            used={usage.used_calls + plan.estimated_api_calls}
            total={usage.max_calls}
            words={`${count(usage.used_calls + plan.estimated_api_calls)} of ${count(usage.max_calls)}`}
          />
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
    </div>
  );
}
