import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { count } from "../../../format";
import type { ForecastState, RunView } from "../../../ipc";
import { Card, Unseen } from "../../../kit";
import styles from "./Plan.module.css";
import { recordsToSend } from "./PlanFoot";

const icons: Record<ForecastState, { Icon: typeof X; className: string | undefined; words: string }> = {
  runs: { Icon: CircleCheck, className: styles.runs, words: "Will run:" },
  will_not_run: { Icon: X, className: styles.not, words: "Will not run:" },
  may_refuse: { Icon: TriangleAlert, className: styles.may, words: "May refuse:" },
};

/** Where a number of records lies between 1 and 100,000, on a logarithmic line. */
const place = (records: number) => Math.min(1, Math.log10(Math.max(1, records)) / 5);

const withStop = (title: string) => (/[.!?:]$/.test(title) ? title : `${title}.`);

const border = place(25.5);

/** The numbers under the line, and between which places the run's own number would lie over them. */
const ticks = [
  { records: 1, from: 0, to: 0.1 },
  { records: 25, from: 0.1, to: 0.3 },
  { records: 26, from: 0.26, to: 0.42 },
  { records: 100_000, from: 0.68, to: 1 },
];

/** REST or Bulk on one line with the run's number, then the rules that will fire and will not. */
export function Forecasts({ view }: { view: RunView }) {
  const { plan, summary } = view;
  const records = recordsToSend(view);
  const here = place(records);
  return (
    <Card title="What will fire">
      {records > 0 && (
        <div className={styles.line}>
          <p>
            <span data-on={summary.api === "rest" || undefined}>REST API</span>
            <span data-on={summary.api === "bulk" || undefined}>Bulk API 2.0</span>
          </p>
          <div className={styles.track} aria-hidden>
            <span data-on={summary.api === "rest" || undefined} style={{ flexGrow: border }} />
            <span data-on={summary.api === "bulk" || undefined} style={{ flexGrow: 1 - border }} />
            <i style={{ insetInlineStart: `${here * 100}%` }} />
          </div>
          <div className={styles.scale} aria-hidden>
            {ticks
              .filter((tick) => here < tick.from || here > tick.to)
              .map((tick) => (
                <span
                  key={tick.records}
                  data-tick={tick.records}
                  style={{ insetInlineStart: `${place(tick.records) * 100}%` }}
                >
                  {count(tick.records)}
                </span>
              ))}
            <strong
              data-tick={here < 0.06 ? 1 : here > 0.88 ? 100_000 : undefined}
              style={{ insetInlineStart: `${here * 100}%` }}
            >
              {count(records)}
            </strong>
          </div>
          <Unseen>
            {count(records)} {records === 1 ? "record goes" : "records go"} by{" "}
            {summary.api === "rest"
              ? "the REST API, which takes 1 to 25"
              : "Bulk API 2.0, which takes 26 to 100,000"}
          </Unseen>
        </div>
      )}
      <ul className={styles.forecasts}>
        {plan.forecasts.map((forecast) => {
          const { Icon, className, words } = icons[forecast.state];
          return (
            <li key={forecast.title}>
              <Icon size={16} strokeWidth={1.75} className={className} aria-hidden />
              <span>
                <Unseen>{words}</Unseen> <strong>{withStop(forecast.title)}</strong> {forecast.sentence}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
