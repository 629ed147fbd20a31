import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { FaultBanner, readAllAgain, Refusals, useRight } from "../../../frame";
import {
  query,
  type Act,
  type AppState,
  type ConnectionGuide,
  type Fault,
  type LoginKind,
  type LoginPurpose,
} from "../../../ipc";
import { Button, Field, RadioCards, useToast } from "../../../kit";
import styles from "../Integration.module.css";
import { logIn, useLogin } from "./login";

const choices: { key: LoginKind; title: string; text: string }[] = [
  { key: "production", title: "Production", text: "login.salesforce.com, also Developer Edition." },
  { key: "sandbox", title: "Sandbox", text: "test.salesforce.com" },
  { key: "my_domain", title: "My Domain", text: "The org’s own login host." },
  { key: "demo", title: "Demo org", text: "Made-up data on this machine. Nothing to set up." },
];

const fields = ["client_id", "login_url", "client_secret"];

const done_words: Record<LoginPurpose, (state: AppState) => string> = {
  connect: ({ org }) => `Connected to ${org?.name ?? "Salesforce"}.`,
  change_user: ({ org }) => `${org?.user_name ?? "The new user"} is the service account now.`,
  own_user: ({ own_connection }) => `Connected as ${own_connection?.user_name ?? "your Salesforce user"}.`,
};

/** Chooses the login host, takes the consumer key, and opens the browser. */
export function LoginForm({
  state,
  purpose,
  act,
  children,
}: {
  state: AppState;
  purpose: LoginPurpose;
  /** What the operator must be allowed to do. */
  act: Act;
  /** More buttons. */
  children?: ReactNode;
}) {
  const client = useQueryClient();
  const toast = useToast();
  const login = useLogin();
  const right = useRight(act);
  const guide = useQuery<ConnectionGuide, Fault>(query("connection.guide", {}));
  const [kind, setKind] = useState<LoginKind>(() => hostKind(state));
  const [typedKey, setKey] = useState<string | null>(null);
  const [host, setHost] = useState(() => (state.org?.login_url.includes(".my.") ? state.org.login_url : ""));
  const [secret, setSecret] = useState("");
  const [tried, setTried] = useState(false);
  const key = typedKey ?? guide.data?.last_client_id ?? "";
  const real = kind !== "demo";
  const fault = login.purpose === purpose ? login.fault : null;
  const keyError = real && key.trim() === "" ? "Paste the consumer key of your External Client App." : null;
  const hostError =
    kind === "my_domain" && host.trim() === ""
      ? "Enter the My Domain host, as it is shown in Setup › My Domain."
      : null;
  const atField = (field: string) => (fault?.field === field ? fault.sentence : null);

  const connect = async () => {
    setTried(true);
    if (keyError || hostError) return;
    const next = await logIn({
      purpose,
      kind,
      login_url: kind === "my_domain" ? host.trim() : null,
      client_id: real ? key.trim() : null,
      client_secret: real && secret.trim() !== "" ? secret.trim() : null,
    });
    if (!next) return;
    client.setQueryData(query("app.state", {}).queryKey, next);
    toast({ text: done_words[purpose](next) });
    await readAllAgain(client);
  };

  return (
    <>
      {fault && !fields.includes(fault.field ?? "") && <FaultBanner fault={fault} action={null} />}
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
            hint={
              purpose === "connect"
                ? "Of the External Client App in your org; the steps beside say how to get one."
                : "Of the External Client App in your org."
            }
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
      <div className={styles.row}>
        <Button
          look="primary"
          busy={login.starting && "Opening the browser…"}
          offReason={right.refusal}
          reasonPlace="elsewhere"
          onClick={() => void connect()}
          data-next-step=""
        >
          {real ? "Log in with the browser" : purpose === "connect" ? "Connect the demo org" : "Log in to the demo org"}
        </Button>
        {children}
      </div>
      <Refusals of={[right]} />
    </>
  );
}

/** Where one most likely logs in: where the org is, or the demo org while there is none. */
function hostKind({ org, demo_org_available }: AppState): LoginKind {
  if (!org) return demo_org_available ? "demo" : "production";
  return org.kind !== "demo" && org.login_url.includes(".my.") ? "my_domain" : org.kind;
}
