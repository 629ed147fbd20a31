import { Redo2, Undo2 } from "lucide-react";
import { IconButton } from "../../kit";
import type { Undoable } from "./useUndoKeys";

/** Undo and redo, each saying what it takes back. */
export function UndoButtons({ draft }: { draft: Undoable }) {
  return (
    <>
      <IconButton
        label={draft.undoLabel === null ? "Undo" : `Undo: ${draft.undoLabel}`}
        icon={<Undo2 size={16} strokeWidth={1.75} />}
        aria-disabled={draft.undoLabel === null || undefined}
        onClick={() => draft.undoLabel !== null && draft.undo()}
      />
      <IconButton
        label={draft.redoLabel === null ? "Redo" : `Redo: ${draft.redoLabel}`}
        icon={<Redo2 size={16} strokeWidth={1.75} />}
        aria-disabled={draft.redoLabel === null || undefined}
        onClick={() => draft.redoLabel !== null && draft.redo()}
      />
    </>
  );
}
