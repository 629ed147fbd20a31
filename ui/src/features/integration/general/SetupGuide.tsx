import { useQuery } from "@tanstack/react-query";
import { FaultBanner, FaultState, Refusals, useRight } from "../../../frame";
import { query, type ConnectionGuide, type Fault } from "../../../ipc";
import { Button, Card, CopyValue, Skeleton } from "../../../kit";
import styles from "../Integration.module.css";
import { useDoctor } from "./doctor";

/** How an admin creates the External Client App, with the exact values to paste. */
export function SetupGuide() {
  const guide = useQuery<ConnectionGuide, Fault>(query("connection.guide", {}));
  const doctor = useDoctor();
  const right = useRight("run_doctor");
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
      <h3>Permissions of the user who connects</h3>
      <p className={styles.note}>
        A permission set with what Landbridge needs, as a file to deploy in the org and to assign before the login.
      </p>
      {doctor.fault && <FaultBanner fault={doctor.fault} />}
      <div>
        <Button
          size="bar"
          busy={doctor.doing === "save" && "Saving…"}
          offReason={right.refusal}
          reasonPlace="elsewhere"
          onClick={doctor.savePermissionSet}
        >
          Save the permission set…
        </Button>
      </div>
      <Refusals of={[right]} />
    </Card>
  );
}
