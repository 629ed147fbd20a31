import type { Leaving } from "../../frame";
import { Button, Dialog } from "../../kit";
import styles from "./Integration.module.css";

const titles: Record<Leaving, string> = {
  page: "Leave with unsaved changes?",
  org: "Disconnect with unsaved changes?",
  operator: "Switch operator with unsaved changes?",
  workspace: "Open another workspace with unsaved changes?",
  window: "Close Landbridge with unsaved changes?",
};

/** The one question before unsaved changes are left. */
export function LeaveDialog({
  what,
  changes,
  saving,
  onStay,
  onDiscard,
  onSave,
}: {
  what: Leaving;
  changes: string[];
  saving: boolean;
  onStay: () => void;
  onDiscard: () => void;
  onSave: () => void;
}) {
  return (
    <Dialog
      title={titles[what]}
      width="narrow"
      role="alertdialog"
      onClose={onStay}
      buttons={
        <>
          <Button look="danger" onClick={onDiscard}>
            Discard changes
          </Button>
          <Button onClick={onStay}>Stay here</Button>
          <Button look="primary" autoFocus busy={saving && "Saving…"} onClick={onSave}>
            Save changes
          </Button>
        </>
      }
    >
      <p>Not saved yet:</p>
      <ul className={styles.unsaved}>
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </Dialog>
  );
}
