import { useId } from "react";
import { FaultBanner, Refusals, useRight, useStateChange } from "../../../frame";
import { call, type Accounts, type AppState } from "../../../ipc";
import { Card, RadioCards } from "../../../kit";
import styles from "../Integration.module.css";
import { OwnConnection } from "./OwnConnection";

const choices: { key: Accounts; title: string; text: string }[] = [
  {
    key: "service",
    title: "Service account",
    text: "One connection does all exports. People need none of their own.",
  },
  {
    key: "user",
    title: "User account",
    text: "Each person connects before exporting.",
  },
];

/** Whose Salesforce user exports are made with. It acts at once, and goes back without loss. */
export function AccountsCard({ state }: { state: AppState }) {
  const why = useId();
  const right = useRight("choose_accounts");
  const { fault, change } = useStateChange<"choose">();
  return (
    <Card title="Who connects to Salesforce">
      {fault && <FaultBanner fault={fault} />}
      <RadioCards<Accounts>
        label="Who connects to Salesforce"
        labelHidden
        value={state.accounts}
        choices={choices}
        locked={right.refusal !== undefined}
        describedBy={why}
        onChange={(accounts) => void change("choose", () => call("connection.choose_accounts", { accounts }))}
      />
      <div id={why} className={styles.note}>
        {right.refusal === undefined ? "Switching loses no settings." : <Refusals of={[right]} />}
      </div>
      {state.accounts === "user" && <OwnConnection state={state} />}
    </Card>
  );
}
