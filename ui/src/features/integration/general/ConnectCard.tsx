import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FaultBanner } from "../../../frame";
import { query, type AppState, type ConnectionGuide, type Fault, type LoginKind } from "../../../ipc";
import { Button, Card, Field, RadioCards, useToast } from "../../../kit";
import { logIn, useLogin } from "./login";

const choices: { key: LoginKind; title: string; text: string }[] = [
  { key: "production", title: "Production", text: "login.salesforce.com, also Developer Edition." },
  { key: "sandbox", title: "Sandbox", text: "test.salesforce.com" },
  { key: "my_domain", title: "My Domain", text: "The org’s own login host." },
  { key: "demo", title: "Demo org", text: "Made-up data on this machine. Nothing to set up." },
];

/** Chooses the login host, takes the consumer key, and opens the browser. */
export function ConnectCard({ state }: { state: AppState }) {
  const client = useQueryClient();
  const toast = useToast();
  const login = useLogin();
  const guide = useQuery<ConnectionGuide, Fault>(query("connection.guide", {}));
  const [kind, setKind] = useState<LoginKind>(
    () => state.org?.kind ?? (state.demo_org_available ? "demo" : "production"),
  );
  const [typedKey, setKey] = useState<string | null>(null);
  const [host, setHost] = useState(() => (state.org?.login_url.includes(".my.") ? state.org.login_url : ""));
  const [secret, setSecret] = useState("");
  const [tried, setTried] = useState(false);
  const key = typedKey ?? guide.data?.last_client_id ?? "";
  const real = kind !== "demo";
  const keyError = real && key.trim() === "" ? "Paste the consumer key of your External Client App." : null;
  const hostError =
    kind === "my_domain" && host.trim() === ""
      ? "Enter the My Domain host, as it is shown in Setup › My Domain."
      : null;
  const atField = (field: string) => (login.fault?.field === field ? login.fault.sentence : null);
  const known = ["client_id", "login_url", "client_secret"].includes(login.fault?.field ?? "");

  const connect = async () => {
    setTried(true);
    if (keyError || hostError) return;
    const next = await logIn({
      purpose: "connect",
      kind,
      login_url: kind === "my_domain" ? host.trim() : null,
      client_id: real ? key.trim() : null,
      client_secret: real && secret.trim() !== "" ? secret.trim() : null,
    });
    if (!next) return;
    client.setQueryData(query("app.state", {}).queryKey, next);
    await client.invalidateQueries({ queryKey: ["mapping.show"] });
    if (next.org) toast({ text: `Connected to ${next.org.name}.` });
  };

  return (
    <Card title={state.org ? "Log in again" : "Connect to Salesforce"}>
      {login.fault && !known && <FaultBanner fault={login.fault} action={null} />}
      <RadioCards
        label="Where to log in"
        value={kind}
        onChange={setKind}
        choices={choices.filter((choice) => choice.key !== "demo" || state.demo_org_available)}
      />
      {kind === "my_domain" && (
        <Field
          label="My Domain host"
          required
          value={host}
          placeholder="https://acme.my.salesforce.com"
          error={(tried ? hostError : null) ?? atField("login_url")}
          onChange={setHost}
        />
      )}
      {real && (
        <>
          <Field
            label="Consumer key"
            required
            kind="code"
            value={key}
            error={(tried ? keyError : null) ?? atField("client_id")}
            hint="Of the External Client App in your org; the steps beside say how to get one."
            onChange={setKey}
          />
          <Field
            label="Consumer secret"
            secret
            value={secret}
            error={atField("client_secret")}
            hint="Only if the app requires one. It is kept with the tokens, never in the database."
            onChange={setSecret}
          />
        </>
      )}
      {!real && (
        <p>
          The demo org starts on this machine and opens its own login page in your browser. Its username and
          password are shown here then.
        </p>
      )}
      <div>
        <Button
          look="primary"
          busy={login.starting && "Opening the browser…"}
          onClick={() => void connect()}
          data-next-step=""
        >
          {real ? "Log in with the browser" : "Connect the demo org"}
        </Button>
      </div>
    </Card>
  );
}
