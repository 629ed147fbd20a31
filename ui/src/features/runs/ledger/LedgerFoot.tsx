import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { count } from "../../../format";
import type { RunView, Tally } from "../../../ipc";
import { Button, KeyCap } from "../../../kit";
import type { Planning } from "../usePlanning";

/** `3 failed`, `2 refused`, or `3 failed and 2 refused`. */
const failedWords = ({ failed_records, refused_records }: Tally): string =>
  [
    ...(failed_records > 0 ? [`${count(failed_records)} failed`] : []),
    ...(refused_records > 0 ? [`${count(refused_records)} refused`] : []),
  ].join(" and ");

/** The button's words: `Retry the failed one`, `Retry all 3 failed`, `Retry 3 failed and 2 refused`. */
const retryWords = (tally: Tally): string => {
  const { failed_records, refused_records } = tally;
  if (failed_records > 0 && refused_records > 0) return `Retry ${failedWords(tally)}`;
  return failed_records + refused_records === 1
    ? `Retry the ${failed_records === 1 ? "failed" : "refused"} one`
    : `Retry all ${failedWords(tally)}`;
};

/** Under the ledger: what is selected, and what can be sent again. */
export function LedgerFoot({
  view,
  selected,
  retryable,
  planning,
  duplicates,
  onRetryPicked,
  onRetryFailed,
  onRetryUnanswered,
}: {
  view: RunView;
  selected: number;
  /** Of the selected ones. */
  retryable: number;
  planning: Planning;
  /** Chooses what happens to duplicates among what is sent again. */
  duplicates: ReactNode;
  onRetryPicked: () => void;
  onRetryFailed: () => void;
  onRetryUnanswered: () => void;
}) {
  const { tally } = view.summary;
  const refused = tally.failed_records + tally.refused_records;
  const busy = planning.running === "runs.retry" && "Planning…";
  const unanswered = view.reasons.find(({ code }) => code === "not_answered")?.records ?? 0;
  if (!view.may.retry) {
    return refused > 0 && view.summary.finished_at === null ? (
      <span>{failedWords(tally)} can be retried when the run is done.</span>
    ) : null;
  }
  return (
    <>
      {(retryable > 0 || refused > 0 || unanswered > 0) && duplicates}
      {selected > 0 && <strong role="status">{count(selected)} selected</strong>}
      {selected > 0 && (
        <Button
          size="small"
          icon={<RefreshCw size={12} strokeWidth={1.75} aria-hidden />}
          busy={busy}
          offReason={
            retryable === 0
              ? "Only failed and refused records, or those without an answer, can be retried."
              : null
          }
          onClick={onRetryPicked}
          aria-keyshortcuts="R"
        >
          Retry selected <KeyCap inButton>R</KeyCap>
        </Button>
      )}
      {refused > 0 && (
        <Button size="small" look="quiet" busy={busy} onClick={onRetryFailed}>
          {retryWords(tally)}
        </Button>
      )}
      {unanswered > 0 && (
        <Button size="small" look="quiet" busy={busy} onClick={onRetryUnanswered}>
          Plan the {count(unanswered)} without an answer again
        </Button>
      )}
    </>
  );
}
