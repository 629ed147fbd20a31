import { useState } from "react";
import { FaultBanner, useStateChange } from "../../../frame";
import { call, type TokenHome } from "../../../ipc";
import { Button, Dialog, Field, RadioCards, useToast } from "../../../kit";

const choices: { key: TokenHome; title: string; text: string }[] = [
  {
    key: "keychain",
    title: "Keychain",
    text: "The operating system keeps them, and opens them with your own login.",
  },
  {
    key: "session",
    title: "This session only",
    text: "In memory. When the app ends they are gone, and somebody logs in again.",
  },
  {
    key: "passphrase_file",
    title: "Encrypted file",
    text: "A file outside the workspace, opened with a passphrase at each start.",
  },
];

const done_words: Record<TokenHome, string> = {
  keychain: "Tokens are kept in the keychain now.",
  session: "Tokens are kept for this session only now.",
  passphrase_file: "Tokens are kept in the encrypted file now.",
};

const doWords = (file: boolean, same: boolean) => {
  if (!file) return "Keep them there";
  return same ? "Change the passphrase" : "Keep them in the file";
};

/** Chooses where tokens are kept; the ones that are there move along. */
export function TokenHomeDialog({ home, onClose }: { home: TokenHome; onClose: () => void }) {
  const toast = useToast();
  const [chosen, setChosen] = useState(home);
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const { doing, fault, change, forget } = useStateChange<"choose">();
  const file = chosen === "passphrase_file";
  // What is kept now does not open, e.g. by a forgotten passphrase: it can be left behind, once that was said.
  const unreadable = fault?.code === "tokens_closed" && chosen !== "keychain";
  const atField = file && fault?.field === "passphrase";
  const blank = tried && file && passphrase === "" ? "Enter a passphrase. Nobody can find it out later." : null;
  const other = tried && file && passphrase !== again ? "It is not the same as above. Type it again." : null;
  const choose = async () => {
    setTried(true);
    if (file && (passphrase === "" || passphrase !== again)) return;
    const done = await change("choose", () =>
      call("tokens.choose_home", {
        home: chosen,
        passphrase: file ? passphrase : null,
        leaves_behind: unreadable,
      }),
    );
    if (!done) return;
    toast({ text: done_words[chosen] });
    onClose();
  };
  return (
    <Dialog
      title="Where tokens are kept"
      subtitle="They are never in the workspace, in logs or in plain text. What is kept now moves along."
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={doing === "choose" && "Moving them…"}
            offReason={chosen === home && !file ? "They are kept there already." : null}
            reasonPlace="elsewhere"
            onClick={() => void choose()}
          >
            {unreadable ? "Leave what is there behind" : doWords(file, home === chosen)}
          </Button>
        </>
      }
    >
      {fault && !atField && <FaultBanner fault={fault} />}
      {unreadable && (
        <p>Whoever connected has to log in again if what is there now is left behind.</p>
      )}
      <RadioCards<TokenHome>
        label="Place"
        value={chosen}
        choices={choices}
        onChange={(next) => {
          setChosen(next);
          forget();
        }}
      />
      {file && (
        <>
          <Field
            label="Passphrase"
            required
            secret
            value={passphrase}
            error={blank ?? (atField ? fault.sentence : null)}
            hint="It is asked for at each start and kept nowhere. Without it somebody logs in again."
            onChange={(next) => {
              setPassphrase(next);
              forget();
            }}
          />
          <Field label="Passphrase again" required secret value={again} error={other} onChange={setAgain} />
        </>
      )}
    </Dialog>
  );
}
