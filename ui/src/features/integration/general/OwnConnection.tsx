import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { momentWithin } from "../../../format";
import { FaultBanner, readAllAgain, useRight, useStateChange } from "../../../frame";
import { call, query, type AppState, type ConnectionGuide, type Fault, type Org } from "../../../ipc";
import { Banner, Button, ConfirmDialog, Field, useToast } from "../../../kit";
import styles from "../Integration.module.css";
import { logIn, noteUnrevoked, useLogin } from "./login";
import { WaitingCard } from "./WaitingCard";

/** The operator's own Salesforce user, in user-account mode: connect, connect again, disconnect. */
export function OwnConnection({ state }: { state: AppState }) {
  const login = useLogin();
  const own = state.own_connection;
  return (
    <section className={styles.own} aria-label="Your Salesforce user">
      <h3>Your Salesforce user</h3>
      {own && !own.signed_out && (
        <p>
          {own.user_name} <span className={styles.beside}>{own.username}</span>
          <span className={styles.second}>Connected since {momentWithin(own.connected_at)}</span>
        </p>
      )}
      {own?.signed_out && (
        <Banner tone="danger">
          Salesforce ended your session of {own.username}. Log in again; your waiting runs then go on, and
          nothing is lost.
        </Banner>
      )}
      {!own && <p className={styles.note}>Not connected. Your exports need a Salesforce user of your own.</p>}
      {login.attempt && login.purpose === "own_user" ? (
        <WaitingCard attempt={login.attempt} />
      ) : (
        <OwnButtons state={state} />
      )}
    </section>
  );
}

function OwnButtons({ state }: { state: AppState }) {
  const client = useQueryClient();
  const toast = useToast();
  const login = useLogin();
  const right = useRight("connect_own_user");
  const guide = useQuery<ConnectionGuide, Fault>(query("connection.guide", {}));
  const [typedKey, setKey] = useState<string | null>(null);
  const [secret, setSecret] = useState("");
  const [asking, setAsking] = useState(false);
  const { doing, fault, change } = useStateChange<"disconnect">();
  const { org, own_connection: own } = state;
  const mine = login.purpose === "own_user" ? login.fault : null;
  const real = org?.kind !== "demo";
  const key = typedKey ?? guide.data?.last_client_id ?? "";
  const asks_key = real && guide.data !== undefined && (guide.data.last_client_id === null || mine?.field === "client_id");
  const asks_secret = real && mine?.field === "client_secret";

  const connect = async () => {
    if (!org) return;
    const next = await logIn({
      purpose: "own_user",
      ...hostOf(org),
      client_id: real ? key.trim() : null,
      client_secret: real && secret.trim() !== "" ? secret.trim() : null,
    });
    if (!next) return;
    client.setQueryData(query("app.state", {}).queryKey, next);
    toast({ text: `Connected as ${next.own_connection?.user_name ?? "your Salesforce user"}.` });
    await readAllAgain(client);
  };
  const disconnect = async () => {
    const done = await change("disconnect", async () => {
      const { sentence, unrevoked } = await call("connection.disconnect_own", {});
      noteUnrevoked(unrevoked);
      toast({ text: sentence });
      return undefined;
    });
    if (!done) return;
    setAsking(false);
    await client.invalidateQueries();
  };
  const off = right.refusal ?? (org ? null : "Connect an org first.");
  return (
    <>
      {mine && mine.field !== "client_id" && mine.field !== "client_secret" && (
        <FaultBanner fault={mine} action={null} />
      )}
      {asks_key && (
        <Field
          label="Consumer key"
          required
          kind="code"
          value={key}
          error={mine?.field === "client_id" ? mine.sentence : null}
          hint="Of the External Client App in your org."
          onChange={setKey}
        />
      )}
      {asks_secret && (
        <Field label="Consumer secret" secret value={secret} error={mine?.sentence} onChange={setSecret} />
      )}
      <div className={styles.row}>
        {(!own || own.signed_out) && (
          <Button
            look={own ? "primary" : "neutral"}
            busy={login.starting && login.purpose === "own_user" && "Opening the browser…"}
            offReason={off}
            onClick={() => void connect()}
          >
            {own ? "Log in again" : "Connect my Salesforce user"}
          </Button>
        )}
        {own && (
          <Button look="quietDanger" onClick={() => setAsking(true)}>
            Disconnect my user
          </Button>
        )}
      </div>
      {asking && own && (
        <ConfirmDialog
          title={`Disconnect ${own.username}?`}
          text="The tokens of your Salesforce user are revoked and forgotten, and you cannot export until you connect again. The org stays connected for everybody else."
          verb="Disconnect my user"
          keep="Stay connected"
          busy={doing === "disconnect" && "Disconnecting…"}
          error={fault && <FaultBanner fault={fault} />}
          onConfirm={() => void disconnect()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** One's own user is of the connected org: the login is where that one's is. */
function hostOf(org: Org) {
  if (org.kind === "demo") return { kind: "demo" as const, login_url: null };
  return org.login_url.includes(".my.")
    ? { kind: "my_domain" as const, login_url: org.login_url }
    : { kind: org.kind, login_url: null };
}
