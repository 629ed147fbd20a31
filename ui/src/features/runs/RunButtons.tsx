import { Download, Play, RotateCw, Square, Undo2 } from "lucide-react";
import { useState } from "react";
import { count } from "../../format";
import { useAppState } from "../../frame";
import type { RunView } from "../../ipc";
import { Button, ConfirmDialog, Menu } from "../../kit";
import button from "../../kit/Button.module.css";
import type { Planning } from "./usePlanning";
import type { RunActions } from "./useRunActions";

/** What the header of a run offers: its records as a file, go on, cancel, undo, plan the same again. */
export function RunButtons({
  view,
  actions,
  planning,
}: {
  view: RunView;
  actions: RunActions;
  planning: Planning;
}) {
  const [asking, setAsking] = useState(false);
  const session = useAppState().data?.session;
  const { summary, may } = view;
  const { run, tally } = summary;
  const written =
    tally.created_records + tally.updated_records + tally.deleted_records + tally.restored_records;
  const what = summary.state === "planned" ? "plan" : "ledger";
  return (
    <>
      {summary.state !== "planning" && (
        <Menu
          label={`Save ${what} as`}
          triggerClass={`${button.button} ${button.quiet}`}
          trigger={
            <>
              <Download size={14} strokeWidth={1.75} aria-hidden />
              <span>{actions.doing === "save" ? "Saving…" : `Save ${what}`}</span>
            </>
          }
          entries={[
            { key: "csv", text: "As CSV", act: () => actions.saveLedger("csv") },
            { key: "xlsx", text: "As XLSX, for Excel", act: () => actions.saveLedger("xlsx") },
          ]}
        />
      )}
      {may.repeat && summary.state !== "planned" && summary.finished_at !== null && (
        <Button
          look="quiet"
          icon={<RotateCw size={14} strokeWidth={1.75} aria-hidden />}
          busy={planning.running === "runs.repeat" && "Planning…"}
          onClick={() => planning.start("runs.repeat", { run })}
        >
          Plan it again
        </Button>
      )}
      {may.undo && (
        <Button
          icon={<Undo2 size={14} strokeWidth={1.75} aria-hidden />}
          busy={planning.running === "runs.plan_undo" && "Planning…"}
          onClick={() => planning.start("runs.plan_undo", { run })}
        >
          Plan the undo
        </Button>
      )}
      {may.resume && session !== "signed_out" && (
        <Button
          look="primary"
          icon={<Play size={14} strokeWidth={1.75} aria-hidden />}
          busy={actions.doing === "resume" && "Going on…"}
          onClick={actions.resume}
        >
          Go on with the run
        </Button>
      )}
      {may.cancel && summary.state !== "planned" && summary.state !== "planning" && (
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
          title={`Cancel run ${run}?`}
          text={`${count(written)} records are in Salesforce and stay there. What is not sent yet, up to ${count(
            tally.waiting_records,
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
