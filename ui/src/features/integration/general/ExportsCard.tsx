import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { counted, momentWithin } from "../../../format";
import { FaultBanner, Refusals, useRight, useStateChange } from "../../../frame";
import { call, type AppState, type SendingRuns } from "../../../ipc";
import { Button, Card, Dialog, Switch } from "../../../kit";
import styles from "../Integration.module.css";

/** The master toggle. It acts at once; turned off while runs are sent, it asks what becomes of them. */
export function ExportsCard({ state }: { state: AppState }) {
  const client = useQueryClient();
  const right = useRight("turn_exports");
  const [sending, setSending] = useState<number | null>(null);
  const { doing, fault, change } = useStateChange<SendingRuns | "turn">();
  const { exports_on: on, exports_changed: last } = state;

  const set = async (next: boolean, sending_runs: SendingRuns | null) => {
    const done = await change(sending_runs ?? "turn", () =>
      call("settings.exports_on", { on: next, sending_runs }),
    );
    if (!done) return;
    setSending(null);
    await client.invalidateQueries({ queryKey: ["export.preflight"] });
  };
  const turn = async (next: boolean) => {
    if (next) return set(true, null);
    let runs = 0;
    const read = await change("turn", async () => {
      const page = await call("runs.list", {
        search: "",
        kind: null,
        object: null,
        state: "sending",
        offset: 0,
        limit: 1,
      });
      runs = page.matching_runs;
      return undefined;
    });
    if (!read) return undefined;
    if (runs === 0) return set(false, null);
    setSending(runs);
    return undefined;
  };
  return (
    <Card
      title="Exports"
      actions={
        <Switch
          label="Exports for everybody"
          on={on}
          offReason={right.refusal}
          onChange={(next) => void turn(next)}
        />
      }
    >
      {fault && sending === null && <FaultBanner fault={fault} />}
      <p className={styles.note}>
        {on
          ? "On for everybody. Each export still shows its plan before anything is written."
          : "Off for everybody. Plans cannot be made or sent until an admin turns exports on."}
        {last && ` Turned ${on ? "on" : "off"} by ${last.by}, ${momentWithin(last.at)}.`}
      </p>
      <Refusals of={[right]} />
      {sending !== null && (
        <Dialog
          title="Turn exports off for everybody?"
          role="alertdialog"
          onClose={() => setSending(null)}
          buttons={
            <>
              <Button onClick={() => setSending(null)}>Leave exports on</Button>
              <Button look="danger" busy={doing === "stop" && "Stopping…"} onClick={() => void set(false, "stop")}>
                Turn off and stop {counted(sending, "run", "runs")}
              </Button>
              <Button
                look="primary"
                autoFocus
                busy={doing === "finish" && "Turning off…"}
                onClick={() => void set(false, "finish")}
              >
                Turn off, let {sending === 1 ? "it" : "them"} finish
              </Button>
            </>
          }
        >
          {fault && <FaultBanner fault={fault} />}
          <p>
            {counted(sending, "run is being sent", "runs are being sent")}. No other run can be planned or sent
            after it. A run that is stopped keeps what was sent in its ledger.
          </p>
        </Dialog>
      )}
    </Card>
  );
}
