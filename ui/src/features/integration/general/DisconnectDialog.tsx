import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "../../../format";
import { FaultBanner, useStateChange } from "../../../frame";
import { call, type Org } from "../../../ipc";
import { Checkbox, ConfirmDialog, useToast } from "../../../kit";
import { noteUnrevoked } from "./login";

/** The one question before the org is cut off, and whether its local copy goes too. */
export function DisconnectDialog({
  org,
  openRuns,
  onClose,
}: {
  org: Org;
  openRuns: number;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const toast = useToast();
  const [wipe, setWipe] = useState(false);
  const { doing, fault, change } = useStateChange<"disconnect">();
  const disconnect = async () => {
    const done = await change("disconnect", async () => {
      const { sentence, unrevoked } = await call("connection.disconnect", { wipe_mirror: wipe });
      noteUnrevoked(unrevoked);
      toast({ text: sentence });
      return undefined;
    });
    if (!done) return;
    onClose();
    await client.invalidateQueries();
  };
  const runs =
    openRuns > 0
      ? ` ${counted(openRuns, "open run waits", "open runs wait")} until the org is connected again.`
      : "";
  return (
    <ConfirmDialog
      title={`Disconnect ${org.name}?`}
      text={`All tokens are revoked and forgotten, those of Salesforce users whom people connected of their own too, and nobody can export until an org is connected again. Settings, mappings, lists and ledgers stay.${runs}`}
      verb={`Disconnect ${org.name}`}
      keep="Stay connected"
      busy={doing === "disconnect" && "Disconnecting…"}
      typeToConfirm={org.kind === "production" ? org.name : undefined}
      error={fault && <FaultBanner fault={fault} />}
      onConfirm={() => void disconnect()}
      onClose={onClose}
    >
      <Checkbox selected={wipe} onChange={setWipe}>
        Also delete the local copy of the org’s records
      </Checkbox>
    </ConfirmDialog>
  );
}
