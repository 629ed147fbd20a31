import { useState } from "react";
import type { LoginAttempt } from "../../../ipc";
import { Banner, Button, Card, CopyValue, FactList, Progress } from "../../../kit";
import { cancelLogin } from "./login";

/** While the browser has the word: what to do there, the address to copy, and Cancel. */
export function WaitingCard({ attempt }: { attempt: LoginAttempt }) {
  const [cancelling, setCancelling] = useState(false);
  const minutes = Math.round(attempt.time_out_seconds / 60);
  return (
    <Card title="Waiting for the browser">
      {!attempt.browser_opened && (
        <Banner tone="warning">No browser could be opened. Copy the address and open it yourself.</Banner>
      )}
      <p role="status">
        {attempt.browser_opened
          ? "Log in on the page that has opened in your browser"
          : "Log in on that page"}
        , and allow the access. This window goes on by itself.
      </p>
      <Progress label="Waiting for the login" />
      <FactList
        facts={[
          ...(attempt.demo_login
            ? [
                {
                  label: "Username",
                  value: <CopyValue value={attempt.demo_login.username} what="username" />,
                },
                {
                  label: "Password",
                  value: <CopyValue value={attempt.demo_login.password} what="password" />,
                },
              ]
            : []),
          { label: "Login page", value: <CopyValue value={attempt.authorize_url} what="address" /> },
          { label: "Comes back to", value: <code>{attempt.callback_url}</code> },
        ]}
      />
      <p>{minutes > 0 ? `Ends by itself after ${minutes} min.` : ""}</p>
      <div>
        <Button
          busy={cancelling && "Cancelling…"}
          onClick={() => {
            setCancelling(true);
            void cancelLogin().finally(() => setCancelling(false));
          }}
        >
          Cancel login
        </Button>
      </div>
    </Card>
  );
}
