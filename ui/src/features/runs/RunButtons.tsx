import { Download, Play, Square } from "lucide-react";
import { useState } from "react";
import { count } from "../../format";
import type { RunView } from "../../ipc";
import { Button, ConfirmDialog } from "../../kit";
import type { RunActions } from "./useRunActions";

/** What the header of a run offers after the plan: the ledger as a file, go on, cancel. */
export function RunButtons({ view, actions }: { view: RunView; actions: RunActions }) {
  const [asking, setAsking] = useState(false);
  const { summary, may } = view;
  const written = summary.tally.created_records + summary.tally.updated_records;
  return (
    <>
      {summary.state !== "planning" && (
        <Button
          look="quiet"
          icon={<Download size={14} strokeWidth={1.75} aria-hidden />}
          busy={actions.doing === "save" && "Saving…"}
          onClick={actions.saveLedger}
        >
          {summary.state === "planned" ? "Save plan as CSV" : "Save ledger as CSV"}
        </Button>
      )}
      {may.resume && (
        <Button
          look="primary"
          icon={<Play size={14} strokeWidth={1.75} aria-hidden />}
          busy={actions.doing === "resume" && "Going on…"}
          onClick={actions.resume}
        >
          Go on with the run
        </Button>
      )}
      {may.cancel && summary.state !== "planned" && (
        <Button
          look="danger"
          icon={<Square size={12} strokeWidth={2} aria-hidden />}
          busy={actions.doing === "cancel" && "Cancelling…"}
          onClick={() => setAsking(true)}
        >
          Cancel run
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          title={`Cancel run ${summary.run}?`}
          text={`${count(written)} records are in Salesforce and stay there. What is not sent yet, up to ${count(
            summary.tally.waiting_records,
          )} records, is left out, and the ledger says so.`}
          verb="Cancel run"
          keep="Go on sending"
          onConfirm={() => {
            setAsking(false);
            actions.cancel();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
