import { Button, Dialog } from "../../../kit";
import type { ExportDraft } from "./useExportDraft";

/** The one question before unsaved changes are left. */
export function LeaveDialog({ draft }: { draft: ExportDraft }) {
  return (
    <Dialog
      title="Leave with unsaved changes?"
      width="narrow"
      role="alertdialog"
      onClose={draft.stay}
      buttons={
        <>
          <Button look="danger" onClick={draft.discardAndGo}>
            Discard changes
          </Button>
          <Button onClick={draft.stay}>Stay here</Button>
          <Button look="primary" autoFocus busy={draft.saving && "Saving…"} onClick={draft.saveAndGo}>
            Save changes
          </Button>
        </>
      }
    >
      <p>Not saved yet: {draft.changes.join(", ")}.</p>
    </Dialog>
  );
}
