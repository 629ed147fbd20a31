import { FaultState, useAppState } from "../../../frame";
import { Banner, Card, Skeleton } from "../../../kit";
import styles from "../Integration.module.css";
import { ConnectCard } from "./ConnectCard";
import { ConnectionCard } from "./ConnectionCard";
import { ExportsCard } from "./ExportsCard";
import { SetupGuide } from "./SetupGuide";
import { TokenCard } from "./TokenCard";
import { UsageCard } from "./UsageCard";
import { useLogin } from "./login";
import { WaitingCard } from "./WaitingCard";

export function GeneralTab() {
  const state = useAppState();
  const login = useLogin();
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
  const { org, session } = state.data;
  const asksLogin = org === null || session !== "connected";
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
          {org && <ConnectionCard org={org} session={session} />}
          {asksLogin &&
            (login.attempt ? <WaitingCard attempt={login.attempt} /> : <ConnectCard state={state.data} />)}
          {!asksLogin && <ExportsCard state={state.data} />}
        </div>
        <div className={styles.column}>
          {asksLogin && <SetupGuide />}
          {!asksLogin && <UsageCard usage={state.data.usage} />}
          <TokenCard state={state.data} />
        </div>
      </div>
    </>
  );
}
