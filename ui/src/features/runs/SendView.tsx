import { Shield } from "lucide-react";
import { about, clockIn, count, counted, duration, moment } from "../../format";
import { useAppState } from "../../frame";
import type { RunView } from "../../ipc";
import { Banner, Card, StackedBar, Swatch, Unseen } from "../../kit";
import { parts_in_order } from "../words";
import { Ledger } from "./Ledger";
import { Reasons } from "./Reasons";
import styles from "./Runs.module.css";
import type { RunActions } from "./useRunActions";

/** A run that is being sent or was sent: counts, bar, pace, reasons, and the ledger. */
export function SendView({ view, actions }: { view: RunView; actions: RunActions }) {
  const { summary } = view;
  const session = useAppState().data?.session;
  const lasting = summary.state === "waiting" || summary.state === "failed" || summary.state === "cancelling";
  return (
    <>
      {lasting && (
        <Banner
          tone={summary.state === "failed" ? "danger" : "warning"}
          action={session === "signed_out" && <a href="#/integration/general">Log in</a>}
        >
          {summary.state_sentence}
        </Banner>
      )}
      <Tallies view={view} />
      <div className={styles.ledgerSplit}>
        <Reasons reasons={view.reasons} />
        <Ledger view={view} title="Ledger" openRecord={actions.openRecord} />
      </div>
    </>
  );
}

function Tallies({ view }: { view: RunView }) {
  const { summary, pace } = view;
  const parts = parts_in_order.map(({ part, text, field }) => ({ part, text, count: summary.tally[field] }));
  const settled = summary.total_records - summary.tally.waiting_records;
  const open = summary.finished_at === null;
  const tenths = summary.total_records > 0 ? Math.floor((settled / summary.total_records) * 10) * 10 : 100;
  const shown = parts.filter(
    ({ part, count: number }) =>
      number > 0 || part === "created" || part === "failed" || (part === "waiting" && open),
  );
  const seconds =
    summary.started_at && summary.finished_at
      ? (Date.parse(summary.finished_at) - Date.parse(summary.started_at)) / 1000
      : null;
  return (
    <Card>
      <div className={styles.tallies}>
        <ul className={styles.figures} aria-label="Outcomes">
          {shown.map(({ part, text, count: number }) => (
            <li key={part}>
              <Swatch part={part} />
              <strong>{count(number)}</strong>
              <span>{text}</span>
            </li>
          ))}
        </ul>
        <ul className={styles.pace} aria-label="Pace">
          {pace && (
            <li>
              <strong>{count(Math.round(pace.records_per_minute))}</strong>
              <span>records a minute</span>
            </li>
          )}
          {pace && pace.seconds_left !== null && (
            <li>
              <strong>{about(pace.seconds_left)}</strong>
              <span>done near {clockIn(pace.seconds_left)}</span>
            </li>
          )}
          {seconds !== null && (
            <li>
              <strong>{duration(Math.max(0, seconds))}</strong>
              <span>finished {moment(summary.finished_at)}</span>
            </li>
          )}
          <li>
            <strong>
              {count(summary.api_calls)} <small>of {count(summary.estimated_api_calls)}</small>
            </strong>
            <span>API calls, estimated</span>
          </li>
        </ul>
      </div>
      <StackedBar
        label={parts
          .filter((part) => part.count > 0)
          .map((part) => `${count(part.count)} ${part.text.toLowerCase()}`)
          .join(", ")}
        parts={parts}
      />
      <p className={styles.under}>
        <span>
          <strong>
            {count(settled)} of {counted(summary.total_records, "record", "records")}
          </strong>{" "}
          {summary.state_sentence}
        </span>
        {open && (
          <span className={styles.safe}>
            <Shield size={14} strokeWidth={1.75} aria-hidden />
            Safe to close the app: the run goes on at next start.
          </span>
        )}
      </p>
      {/* Told at every tenth, not at every change. */}
      <Unseen live>{open ? `${tenths} % of the records are settled` : `The run is ${summary.state}`}</Unseen>
    </Card>
  );
}
