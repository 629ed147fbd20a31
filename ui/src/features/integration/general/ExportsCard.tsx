import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FaultBanner } from "../../../frame";
import { call, query, toFault, type AppState, type Fault } from "../../../ipc";
import { Card, Switch } from "../../../kit";
import styles from "../Integration.module.css";

/** The master toggle. It acts at once: nothing is written to the org by turning it on. */
export function ExportsCard({ state }: { state: AppState }) {
  const client = useQueryClient();
  const [fault, setFault] = useState<Fault | null>(null);
  const set = async (on: boolean) => {
    setFault(null);
    try {
      client.setQueryData(query("app.state", {}).queryKey, await call("settings.exports_on", { on, sending_runs: null }));
      await client.invalidateQueries({ queryKey: ["export.preflight"] });
    } catch (reason) {
      setFault(toFault(reason));
    }
  };
  return (
    <Card
      title="Exports"
      actions={<Switch label="Exports for everybody" on={state.exports_on} onChange={(on) => void set(on)} />}
    >
      {fault && <FaultBanner fault={fault} />}
      <p className={styles.soft}>
        {state.exports_on
          ? "On for everybody. Each export still shows its plan before anything is written."
          : "Off for everybody. Plans cannot be made or sent until an admin turns exports on."}
      </p>
    </Card>
  );
}
