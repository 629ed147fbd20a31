import { useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { FaultBanner, readAllAgain, Refusals, useRight, useStateChange } from "../../../frame";
import { call, type AppState, type TokenHome, type TokenTrouble } from "../../../ipc";
import { Banner, Button, Card, Field } from "../../../kit";
import styles from "../Integration.module.css";
import { TokenHomeDialog } from "./TokenHomeDialog";

/** Where tokens are kept, said plainly; another place; and what keeps them from being read now. */
export function TokenCard({ state }: { state: AppState }) {
  const [choosing, setChoosing] = useState(false);
  const right = useRight("choose_token_home");
  return (
    <Card
      title="Where tokens are kept"
      actions={
        <Button
          look="quiet"
          size="bar"
          offReason={right.refusal}
          reasonPlace="elsewhere"
          onClick={() => setChoosing(true)}
        >
          Change the place
        </Button>
      }
    >
      {state.token_trouble && <Trouble trouble={state.token_trouble} home={state.token_home} />}
      <p className={styles.token}>
        <KeyRound size={16} strokeWidth={1.75} aria-hidden />
        <span>{state.token_home_sentence}</span>
      </p>
      <Refusals of={[right]} />
      {choosing && <TokenHomeDialog home={state.token_home} onClose={() => setChoosing(false)} />}
    </Card>
  );
}

function Trouble({ trouble, home }: { trouble: TokenTrouble; home: TokenHome }) {
  const client = useQueryClient();
  const [passphrase, setPassphrase] = useState("");
  const [tried, setTried] = useState(false);
  const { doing, fault, change, forget } = useStateChange<"unlock">();
  const asks = trouble.kind === "passphrase_needed";
  const atField = asks && fault && (fault.field === "passphrase" || fault.code === "invalid");
  const blank = asks && tried && passphrase === "" ? "Enter the passphrase of the encrypted file." : null;
  const unlock = async () => {
    setTried(true);
    if (asks && passphrase === "") return;
    const done = await change("unlock", () =>
      call("tokens.unlock", { passphrase: asks ? passphrase : null }),
    );
    if (done) await readAllAgain(client);
  };
  return (
    <form
      className={styles.trouble}
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      {/* What is wrong with a passphrase that was tried stands at its field. */}
      {!(asks && tried) && <Banner tone="warning">{trouble.sentence}</Banner>}
      {fault && !atField && <FaultBanner fault={fault} />}
      {asks && (
        <Field
          label="Passphrase"
          required
          secret
          value={passphrase}
          error={blank ?? (atField ? fault.sentence : null)}
          onChange={(next) => {
            setPassphrase(next);
            forget();
          }}
        />
      )}
      {(asks || home === "keychain") && (
        <div>
          <Button submit busy={doing === "unlock" && (asks ? "Opening…" : "Asking…")}>
            {asks ? "Open the encrypted file" : "Ask the keychain again"}
          </Button>
        </div>
      )}
    </form>
  );
}
