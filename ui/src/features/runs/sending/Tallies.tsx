import { Shield } from "lucide-react";
import { about, clockIn, count, counted, duration, momentWithin } from "../../../format";
import type { MemberCounts, RunView } from "../../../ipc";
import { Card, classes, StackedBar, Swatch, Unseen } from "../../../kit";
import { parts_in_order } from "../../words";
import { isToldInBanner } from "./banner";
import { settledRecords } from "./settled";
import styles from "./Sending.module.css";

/** Counts, one bar of outcomes, pace and calls. */
export function Tallies({ view }: { view: RunView }) {
  const { summary, plan } = view;
  const parts = parts_in_order.map(({ part, text, field }) => ({ part, text, count: summary.tally[field] }));
  const settled = settledRecords(view);
  const open = summary.finished_at === null;
  const tenths = summary.total_records > 0 ? Math.floor((settled / summary.total_records) * 10) * 10 : 100;
  const always = summary.kind === "undo" ? ["restored", "deleted", "failed"] : ["created", "failed"];
  const shown = parts.filter(
    ({ part, count: number }) =>
      number > 0 ||
      always.includes(part) ||
      (part === "updated" && plan.update_records > 0) ||
      (part === "waiting" && open),
  );
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
        <PaceFigures view={view} />
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
          {!isToldInBanner(summary.state) && summary.state_sentence}
        </span>
        {open && (
          <span className={styles.safe}>
            <Shield size={14} strokeWidth={1.75} aria-hidden />
            Safe to close the app: the run goes on at next start.
          </span>
        )}
      </p>
      <Beside view={view} />
      {/* Told at every tenth, not at every change. */}
      <Unseen live>{open ? `${tenths} % of the records are settled` : `The run is ${summary.state}`}</Unseen>
    </Card>
  );
}

/** What goes along with the records: accounts for contacts, members of a campaign. */
function Beside({ view }: { view: RunView }) {
  const { summary, plan, members, options } = view;
  const accounts = plan.create_account_records > 0 && summary.kind === "export";
  if (!accounts && !(members && options.campaign)) return null;
  return (
    <p className={classes(styles.under, styles.beside)}>
      {accounts && (
        <span>
          <strong>
            {count(summary.created_account_records)} of{" "}
            {counted(plan.create_account_records, "account", "accounts")}
          </strong>{" "}
          created for contacts whose company had none.
        </span>
      )}
      {members && options.campaign && (
        <span>
          <strong>Campaign “{options.campaign.name}”:</strong> {memberWords(members)}
        </span>
      )}
    </p>
  );
}

function memberWords(members: MemberCounts): string {
  return [
    `${counted(members.added_members, "member", "members")} added`,
    ...(members.known_members > 0
      ? [counted(members.known_members, "was a member before", "were members before")]
      : []),
    ...(members.removed_members > 0 ? [`${count(members.removed_members)} taken away`] : []),
    ...(members.failed_members > 0 ? [`${count(members.failed_members)} not written`] : []),
    ...(members.waiting_members > 0 ? [`${count(members.waiting_members)} still to be added`] : []),
  ]
    .join(", ")
    .concat(".");
}

/** Rate and time left while it goes on; how long it took when it is done; calls of the estimate. */
function PaceFigures({ view }: { view: RunView }) {
  const { summary, pace } = view;
  const seconds =
    summary.started_at && summary.finished_at
      ? (Date.parse(summary.finished_at) - Date.parse(summary.started_at)) / 1000
      : null;
  return (
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
          <span>finished {momentWithin(summary.finished_at)}</span>
        </li>
      )}
      <li>
        <strong>
          {count(summary.api_calls)} <small>of {count(summary.estimated_api_calls)}</small>
        </strong>
        <span>API calls, estimated</span>
      </li>
    </ul>
  );
}
