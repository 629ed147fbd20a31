import { useQuery } from "@tanstack/react-query";
import { FaultState } from "../../../frame";
import { query, type ConnectionGuide, type Fault } from "../../../ipc";
import { Card, CopyValue, Skeleton } from "../../../kit";
import styles from "../Integration.module.css";

/** How an admin creates the External Client App, with the exact values to paste. */
export function SetupGuide() {
  const guide = useQuery<ConnectionGuide, Fault>(query("connection.guide", {}));
  return (
    <Card title="Set up the External Client App" note="Once for each org; not for the demo org">
      {guide.isPending && <Skeleton label="Reading the steps" />}
      {guide.isError && <FaultState fault={guide.error} onRetry={() => void guide.refetch()} />}
      {guide.data && (
        <>
          <ol className={styles.steps}>
            {guide.data.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <h3>Callback URLs</h3>
          <ul className={styles.values}>
            {guide.data.callback_urls.map((url) => (
              <li key={url}>
                <CopyValue value={url} what="callback URL" />
              </li>
            ))}
            {guide.data.callback_urls.length > 1 && (
              <li className={styles.note}>One a line. Landbridge takes the first port that is free.</li>
            )}
          </ul>
          <h3>OAuth scopes</h3>
          <ul className={styles.values}>
            {guide.data.scopes.map((scope) => (
              <li key={scope.name}>
                {scope.label} <CopyValue value={scope.name} what={`scope ${scope.name}`} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
