import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FaultBanner, readAllAgain, useStateChange } from "../../../frame";
import type { Org, OtherOrg } from "../../../ipc";
import { Button, Dialog, FactList, Field, OrgBadge, useToast } from "../../../kit";
import styles from "../Integration.module.css";
import { acceptOtherOrg, refuseOtherOrg } from "./login";

/** The login led to another org than the connected one: what going on means, before anything changes. */
export function OtherOrgDialog({ org, other }: { org: Org | null; other: OtherOrg }) {
  const client = useQueryClient();
  const toast = useToast();
  const [typed, setTyped] = useState("");
  const { doing, fault, change } = useStateChange<"accept" | "refuse">();
  const stay = () =>
    void change("refuse", async () => {
      await refuseOtherOrg();
      return undefined;
    });
  const accept = async () => {
    if (!(await change("accept", acceptOtherOrg))) return;
    toast({ text: `Connected to ${other.name}.` });
    await readAllAgain(client);
  };
  // In Production nothing is cut off or taken over without its name.
  const production = org?.kind === "production" ? org : other.kind === "production" ? other : null;
  const missing = production !== null && typed.trim() !== production.name.trim();
  const words = other.kind === "production" ? "Connect to Production" : `Connect to ${other.name}`;
  return (
    <Dialog
      title="This is another org"
      subtitle={org ? `Nothing has changed yet: ${org.name} is still connected.` : undefined}
      role="alertdialog"
      onClose={stay}
      buttons={
        <>
          <Button autoFocus busy={doing === "refuse" && "Staying…"} onClick={stay}>
            {org ? `Stay with ${org.name}` : "Do not connect"}
          </Button>
          <Button
            look="destroy"
            busy={doing === "accept" && "Connecting…"}
            offReason={missing ? "Type the name of the org first." : null}
            reasonPlace="elsewhere"
            onClick={() => void accept()}
          >
            {words}
          </Button>
        </>
      }
    >
      {fault && <FaultBanner fault={fault} />}
      <FactList
        facts={[
          ...(org
            ? [
                {
                  label: "Connected now",
                  value: (
                    <>
                      {org.name} <OrgBadge kind={org.kind} /> <code className={styles.id}>{org.org_id}</code>
                    </>
                  ),
                },
              ]
            : []),
          {
            label: "The login is for",
            value: (
              <>
                {other.name} <OrgBadge kind={other.kind} /> <code className={styles.id}>{other.org_id}</code>
              </>
            ),
          },
          { label: "User there", value: other.username },
        ]}
      />
      <p>Going on means:</p>
      <ul className={styles.bullets}>
        {other.consequences.map((consequence) => (
          <li key={consequence}>{consequence}</li>
        ))}
      </ul>
      {production && (
        <Field label={`Type “${production.name}” to confirm`} value={typed} onChange={setTyped} />
      )}
    </Dialog>
  );
}
