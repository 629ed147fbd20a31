import { useState } from "react";
import { FaultBanner, useAppState } from "../../../frame";
import type { RunView } from "../../../ipc";
import { Banner, TextButton } from "../../../kit";
import { Ledger } from "../ledger/Ledger";
import { Reasons } from "../ledger/Reasons";
import { everything, type LedgerFilter } from "../ledger/useLedger";
import { PlanningCard } from "../PlanningCard";
import type { Planning } from "../usePlanning";
import type { RunActions } from "../useRunActions";
import { isToldInBanner } from "./banner";
import { MinuteChart } from "./MinuteChart";
import styles from "./Sending.module.css";
import { Tallies } from "./Tallies";

/** A run that is being sent or was sent: counts, bar, pace, reasons, and the ledger. */
export function SendView({
  view,
  actions,
  planning,
}: {
  view: RunView;
  actions: RunActions;
  planning: Planning;
}) {
  const [filter, setFilter] = useState<LedgerFilter>(everything);
  return (
    <>
      <StateBanner view={view} actions={actions} />
      {planning.fault && <FaultBanner fault={planning.fault} />}
      {planning.running && (
        <PlanningCard
          progress={planning.progress}
          onCancel={planning.progress ? planning.cancel : undefined}
        />
      )}
      <Tallies view={view} />
      <div className={styles.split}>
        <div className={styles.side}>
          <Reasons
            reasons={view.reasons}
            tally={view.summary.tally}
            code={filter.error_code}
            onSelect={(reason) =>
              setFilter(
                reason
                  ? { ...everything, outcome: reason.outcome, error_code: reason.code || null }
                  : everything,
              )
            }
          />
          <MinuteChart view={view} />
        </div>
        <Ledger view={view} planning={planning} filter={filter} onFilter={setFilter} />
      </div>
    </>
  );
}

/** What the run waits for and the button that mends it, or why it ended. */
function StateBanner({ view, actions }: { view: RunView; actions: RunActions }) {
  const session = useAppState().data?.session;
  const { state, state_sentence } = view.summary;
  if (!isToldInBanner(state)) return null;
  const action =
    session === "signed_out" ? (
      <a href="#/integration/general">Log in</a>
    ) : (
      view.may.resume && (
        <TextButton aria-disabled={actions.doing === "resume" || undefined} onClick={actions.resume}>
          {actions.doing === "resume" ? "Going on…" : "Go on now"}
        </TextButton>
      )
    );
  return (
    <Banner tone={state === "failed" ? "danger" : "warning"} action={action}>
      {state_sentence}
    </Banner>
  );
}
