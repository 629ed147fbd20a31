import { CircleAlert, CircleCheck, ExternalLink, RefreshCw } from "lucide-react";
import { useState } from "react";
import { moment } from "../../../format";
import { askBefore, FaultBanner, Refusals, useRight, useStateChange } from "../../../frame";
import { call, type AppState, type Org } from "../../../ipc";
import { Button, ButtonLink, Card, classes, FactList, IconButton, OrgBadge } from "../../../kit";
import button from "../../../kit/Button.module.css";
import styles from "../Integration.module.css";
import { DisconnectDialog } from "./DisconnectDialog";

/** Whether the connection can be used, in two words. */
function sessionWords({ session, token_trouble }: AppState): string {
  if (session !== "connected") return "Logged out";
  switch (token_trouble?.kind) {
    case undefined:
      return "Connected";
    case "locked":
    case "passphrase_needed":
      return "Tokens locked";
    case "denied":
    case "missing":
      return "Tokens unreadable";
  }
}

/** The org, the user who writes, who connected it, and the ways to check it, to change the user and to cut it off. */
export function ConnectionCard({
  state,
  org,
  onChangeUser,
}: {
  state: AppState;
  org: Org;
  /** Opens the login of another service account; `null` while it is open already. */
  onChangeUser: (() => void) | null;
}) {
  const [asking, setAsking] = useState(false);
  const { doing, fault, change } = useStateChange<"check" | "open">();
  const changing = useRight("change_user");
  const disconnecting = useRight("disconnect");
  const connected = state.session === "connected" && state.token_trouble === null;
  const admin = state.primary_admin;

  return (
    <Card
      title="Connection"
      beside={<OrgBadge kind={org.kind} />}
      ruled
      actions={
        <>
          <span className={classes(styles.session, connected ? styles.ready : styles.error)}>
            {connected ? <CircleCheck size={14} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
            {sessionWords(state)}
          </span>
          <IconButton
            label={doing === "check" ? "Checking the connection…" : "Check connection"}
            icon={<RefreshCw size={14} strokeWidth={1.75} />}
            aria-disabled={doing === "check" || undefined}
            onClick={() => doing !== "check" && void change("check", () => call("connection.check", {}))}
          />
        </>
      }
    >
      {fault && <FaultBanner fault={fault} />}
      <FactList
        facts={[
          {
            label: "Primary admin",
            value: admin ? (
              <>
                {admin.name} <span className={styles.beside}>{admin.email}</span>
              </>
            ) : (
              <span className={styles.beside}>Nobody now. Change user makes an admin the primary one.</span>
            ),
          },
          {
            label: "Service account",
            value: (
              <>
                {org.user_name} <span className={styles.beside}>{org.username}</span>
              </>
            ),
          },
          {
            label: "Org",
            value: (
              <>
                {org.name} <code className={styles.id}>{org.org_id}</code>
              </>
            ),
          },
          {
            label: "Org URL",
            value: (
              <button
                type="button"
                className={classes(button.asText, styles.external)}
                onClick={() => void change("open", async () => void (await call("connection.open_org", {})))}
              >
                {org.instance_url.replace(/^https?:\/\//, "")}
                <ExternalLink size={12} strokeWidth={1.75} aria-label="opens in the browser" />
              </button>
            ),
          },
          { label: "Edition", value: `${org.edition}, API version ${org.api_version}` },
          {
            label: "Connected since",
            value: (
              <>
                {moment(org.connected_at)}
                <span className={styles.beside}>, by {org.connected_by}</span>
              </>
            ),
          },
        ]}
      />
      <div className={styles.row}>
        <Button
          offReason={changing.refusal ?? (onChangeUser ? null : "The login of the other user is open below.")}
          reasonPlace="elsewhere"
          onClick={() => onChangeUser?.()}
        >
          Change user
        </Button>
        <ButtonLink href="#/integration/users">Edit user mapping</ButtonLink>
        <span className={styles.spring} />
        <Button
          look="quietDanger"
          offReason={disconnecting.refusal}
          reasonPlace="elsewhere"
          onClick={() => askBefore("org", () => setAsking(true))}
        >
          Disconnect
        </Button>
      </div>
      <Refusals of={[changing, disconnecting]} />
      {asking && <DisconnectDialog org={org} openRuns={state.open_runs} onClose={() => setAsking(false)} />}
    </Card>
  );
}
