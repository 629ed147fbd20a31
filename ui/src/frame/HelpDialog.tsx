import { Dialog, KeyCap, Switch, useLetterKeys } from "../kit";
import styles from "./Panels.module.css";
import { useAppState } from "./useAppState";

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [["Alt", "1–3"], "Open Lists, Runs, Integration"],
      [["Ctrl", "K"], "Find a list or a run"],
      [["F6"], "Next region of the window"],
      [["Ctrl", "S"], "Save changes"],
      [["Ctrl", "Enter"], "The page’s next step; never sends"],
      [["Ctrl", "+ / −"], "Larger and smaller; Ctrl 0 as usual"],
      [["Esc"], "Close, or clear a search"],
      [["?"], "This list"],
    ],
  },
  {
    title: "Tables",
    keys: [
      [["← ↑ → ↓"], "Move by cell"],
      [["Home", "End"], "First and last cell of the row"],
      [["Ctrl", "Home / End"], "First and last row"],
      [["Page Up / Down"], "One screen"],
      [["Space"], "Select the row"],
      [["Shift", "↑ ↓"], "Extend the selection"],
      [["Ctrl", "A"], "Select all, or none"],
      [["Enter"], "Open"],
      [["Ctrl", "C"], "Copy the cell"],
      [["/"], "Find in the table"],
    ],
  },
  {
    title: "Questions of a plan",
    keys: [
      [["J", "K"], "Next and previous question"],
      [["1", "2", "3"], "Update that candidate"],
      [["C"], "Create duplicate"],
      [["X"], "Do not export"],
      [["A"], "Same for all alike"],
      [["U"], "Take the answer back"],
    ],
  },
  {
    title: "Ledger",
    keys: [
      [["/"], "Find in the ledger"],
      [["R"], "Retry the selected records"],
      [["O"], "Open the record in Salesforce"],
      [["E"], "Edit and retry the record"],
      [["Enter"], "Details of the record"],
    ],
  },
  {
    title: "People and User Mapping",
    keys: [
      [["F2"], "Change the person, or choose the Salesforce user"],
      [["Delete"], "Remove the person; the message takes it back"],
      [["Ctrl", "Z"], "Undo a choice of a user"],
      [["Ctrl", "Y"], "Redo it"],
    ],
  },
  {
    title: "Mapping",
    keys: [
      [["Enter"], "On the handle: lift the row, and drop it"],
      [["↑ ↓"], "Move the lifted row; Esc puts it back"],
      [["Alt", "↑ ↓"], "Move the row at once"],
      [["Alt", "← →"], "Another sample"],
      [["Delete"], "On the handle: delete the row"],
      [["Shift", "F10"], "On the handle: what else the row can do"],
      [["Ctrl", "Enter"], "Test Mapping"],
      [["Ctrl", "Z"], "Undo"],
      [["Ctrl", "Y"], "Redo"],
      [["Ctrl", "F"], "Find a field"],
    ],
  },
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const state = useAppState().data;
  const [letters, setLetters] = useLetterKeys();
  return (
    <Dialog
      title="Help and keys"
      subtitle={state ? `Landbridge ${state.version}` : undefined}
      onClose={onClose}
    >
      <div className={styles.keyGroups}>
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3>{group.title}</h3>
            <dl className={styles.keys}>
              {group.keys.map(([keys, text]) => (
                <div key={text}>
                  <dt>
                    {keys.map((key) => (
                      <KeyCap key={key}>{key}</KeyCap>
                    ))}
                  </dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className={styles.letters}>
        <span>Single letters act on questions and rows while their table has the focus.</span>
        <Switch label="Single-letter keys" on={letters} onChange={setLetters} />
      </div>
      {state && (
        <p className={styles.workspace}>
          Everything is kept on this machine, in <code>{state.workspace}</code>. {state.token_home_sentence}
        </p>
      )}
    </Dialog>
  );
}
