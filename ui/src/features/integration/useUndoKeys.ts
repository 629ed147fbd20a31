import { useEffect, useRef } from "react";

const dialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

const isText = (element: EventTarget | null): element is HTMLElement =>
  element instanceof HTMLElement && element.matches("input, textarea");

/** What can be undone and redone, each named in words; `null` when there is nothing. */
export interface Undoable {
  undo(): void;
  redo(): void;
  undoLabel: string | null;
  redoLabel: string | null;
}

/** Ctrl Z, Ctrl Shift Z and Ctrl Y. A text field in which somebody has just typed keeps its own undo. */
export function useUndoKeys(draft: Undoable): void {
  const latest = useRef(draft);
  latest.current = draft;
  useEffect(() => {
    let typed_in: EventTarget | null = null;
    const onInput = (event: Event) => {
      typed_in = event.target;
    };
    const onFocus = () => {
      typed_in = null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || dialogOpen()) return;
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
      if (isText(event.target) && typed_in === event.target) return;
      event.preventDefault();
      const { undo, redo, undoLabel, redoLabel } = latest.current;
      if (key === "y" || event.shiftKey) {
        if (redoLabel !== null) redo();
      } else if (undoLabel !== null) undo();
    };
    document.addEventListener("input", onInput, true);
    document.addEventListener("focusin", onFocus, true);
    window.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("input", onInput, true);
      document.removeEventListener("focusin", onFocus, true);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
