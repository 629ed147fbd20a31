import { useState } from "react";
import { FaultState, useAppState } from "../../../frame";
import type { AppState } from "../../../ipc";
import { Banner, Button, Card, Skeleton } from "../../../kit";
import styles from "../Integration.module.css";
import { AccountsCard } from "./AccountsCard";
import { ConnectionCard } from "./ConnectionCard";
import { DoctorCard } from "./doctor";
import { ExportsCard } from "./ExportsCard";
import { forgetLoginFault, useLogin } from "./login";
import { LoginForm } from "./LoginForm";
import { OtherOrgDialog } from "./OtherOrgDialog";
import { SetupGuide } from "./SetupGuide";
import { TokenCard } from "./TokenCard";
import { UsageCard } from "./UsageCard";
import { WaitingCard } from "./WaitingCard";

export function GeneralTab() {
  const state = useAppState();
  if (state.isPending) return <Skeleton label="Reading the connection" lines={6} />;
  if (state.isError) {
    return (
      <Card>
        <FaultState
          title="The workspace could not be read"
          fault={state.error}
          onRetry={() => void state.refetch()}
        />
      </Card>
    );
  }
  return <General state={state.data} />;
}

function General({ state }: { state: AppState }) {
  const login = useLogin();
  const { org, session } = state;
  const connection = org && `${org.org_id} ${org.user_name} ${org.connected_at}`;
  /** The connection whose user is to be changed: once it is another one, or none, the form has done its work. */
  const [changing, setChanging] = useState<string | null>(null);
  const asksLogin = org === null || session !== "connected";
  const waits = (purpose: typeof login.purpose) => login.attempt !== null && login.purpose === purpose;
  const changesUser = (changing !== null && changing === connection) || waits("change_user");
  return (
    <>
      {login.note && <Banner tone="warning">{login.note}</Banner>}
      {org && session === "signed_out" && (
        <Banner tone="danger">
          Salesforce ended the session of {org.username}. Log in again below; waiting runs then go on, and
          nothing is lost.
        </Banner>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          {org && (
            <ConnectionCard
              state={state}
              org={org}
              onChangeUser={
                changesUser
                  ? null
                  : () => {
                      forgetLoginFault();
                      setChanging(connection);
                    }
              }
            />
          )}
          {org && changesUser && <ChangeUserCard state={state} onClose={() => setChanging(null)} />}
          {asksLogin &&
            !changesUser &&
            (login.attempt && waits("connect") ? (
              <WaitingCard attempt={login.attempt} />
            ) : (
              <Card title={org ? "Log in again" : "Connect to Salesforce"}>
                <LoginForm state={state} purpose="connect" act="connect" />
              </Card>
            ))}
          {org && <AccountsCard state={state} />}
          {org && <ExportsCard state={state} />}
          {!asksLogin && <UsageCard usage={state.usage} />}
        </div>
        <div className={styles.column}>
          {asksLogin ? <SetupGuide /> : <DoctorCard key={`${org.org_id} ${org.connected_at}`} />}
          <TokenCard state={state} />
          <Card title="Data sharing" actions={<a href="#/data">Open Data sharing</a>}>
            <p className={styles.note}>
              Nothing leaves this machine but calls to Salesforce and ZoomInfo. The page says what is stored where, and
              deletes it.
            </p>
          </Card>
        </div>
      </div>
      {login.other && <OtherOrgDialog org={org} other={login.other} />}
    </>
  );
}

/** Another service account, by whoever logs in now; that admin becomes the primary one. */
function ChangeUserCard({ state, onClose }: { state: AppState; onClose: () => void }) {
  const login = useLogin();
  if (login.attempt && login.purpose === "change_user") return <WaitingCard attempt={login.attempt} />;
  const becomes =
    state.operator.standing === "primary_admin"
      ? "You stay the primary admin."
      : `You become the primary admin instead of ${state.primary_admin?.name ?? "nobody"}.`;
  return (
    <Card title="Change the service account user">
      <p className={styles.note}>
        Log in with the Salesforce user that does exports from now on. {becomes} The user of now stays connected
        until the login is done; settings, mappings and lists stay.
      </p>
      <LoginForm state={state} purpose="change_user" act="change_user">
        <Button onClick={onClose}>Keep {state.org?.user_name ?? "the user"}</Button>
      </LoginForm>
    </Card>
  );
}
