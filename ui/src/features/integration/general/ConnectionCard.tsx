import { useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, ExternalLink, RefreshCw } from "lucide-react";
import { useState } from "react";
import { moment } from "../../../format";
import { FaultBanner, leaveOrg } from "../../../frame";
import { call, query, toFault, type Fault, type Org, type Session } from "../../../ipc";
import { Button, Card, classes, ConfirmDialog, FactList, OrgBadge } from "../../../kit";
import button from "../../../kit/Button.module.css";
import styles from "../Integration.module.css";
import { noteAfterDisconnect } from "./login";

/** The org, the user who writes, who connected it, and the ways to check it and to cut it off. */
export function ConnectionCard({ org, session }: { org: Org; session: Session }) {
  const client = useQueryClient();
  const [doing, setDoing] = useState<"check" | "disconnect" | null>(null);
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const connected = session === "connected";

  const attempt = async (what: "check" | "disconnect" | null, work: () => Promise<void>) => {
    setDoing(what);
    setFault(null);
    try {
      await work();
    } catch (reason) {
      setFault(toFault(reason));
    }
    setDoing(null);
  };
  const check = () =>
    attempt("check", async () => {
      client.setQueryData(query("app.state", {}).queryKey, await call("connection.check", {}));
    });
  const disconnect = () =>
    attempt("disconnect", async () => {
      const done = await call("connection.disconnect", { wipe_mirror: false });
      setAsking(false);
      noteAfterDisconnect(done.revoked ? null : done.sentence);
      await client.invalidateQueries();
    });

  return (
    <Card
      title="Connection"
      beside={<OrgBadge kind={org.kind} />}
      ruled
      actions={
        <span className={classes(styles.session, connected ? styles.ready : styles.error)}>
          {connected ? <CircleCheck size={14} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
          {connected ? "Connected" : "Logged out"}
        </span>
      }
    >
      {fault && !asking && <FaultBanner fault={fault} />}
      <FactList
        facts={[
          { label: "Connected by", value: `${org.connected_by}, ${moment(org.connected_at)}` },
          {
            label: "Service account",
            value: (
              <>
                {org.user_name} <span className={styles.soft}>{org.username}</span>
              </>
            ),
          },
          {
            label: "Org",
            value: (
              <>
                {org.name} <code className={styles.soft}>{org.org_id}</code>
              </>
            ),
          },
          { label: "Edition", value: `${org.edition}, API version ${org.api_version}` },
          {
            label: "Org URL",
            value: (
              <button
                type="button"
                className={classes(button.asText, styles.external)}
                onClick={() => void attempt(null, async () => void (await call("connection.open_org", {})))}
              >
                {org.instance_url.replace(/^https?:\/\//, "")}
                <ExternalLink size={12} strokeWidth={1.75} aria-label="opens in the browser" />
              </button>
            ),
          },
        ]}
      />
      <div className={styles.row}>
        <Button
          icon={<RefreshCw size={14} strokeWidth={1.75} aria-hidden />}
          busy={doing === "check" && "Checking…"}
          onClick={() => void check()}
        >
          Check connection
        </Button>
        <span className={styles.spring} />
        <Button look="quietDanger" onClick={() => leaveOrg(() => setAsking(true))}>
          Disconnect
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={`Disconnect ${org.name}?`}
          text="The tokens are revoked and forgotten, and nobody can export until an org is connected again. Settings, lists and ledgers stay."
          verb={`Disconnect ${org.name}`}
          keep="Stay connected"
          busy={doing === "disconnect" && "Disconnecting…"}
          typeToConfirm={org.kind === "production" ? org.name : undefined}
          error={fault && <FaultBanner fault={fault} />}
          onConfirm={() => void disconnect()}
          onClose={() => {
            setAsking(false);
            setFault(null);
          }}
        />
      )}
    </Card>
  );
}
