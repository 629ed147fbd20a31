import { useEffect, useRef } from "react";
import type { MappingDraft } from "./useMappingDraft";

const dialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

const isText = (element: EventTarget | null): element is HTMLElement =>
  element instanceof HTMLElement && element.matches("input, textarea");

/**
 * Ctrl Z, Ctrl Shift Z and Ctrl Y undo and redo; Alt left and right go to another sample. A text field in which
 * somebody has just typed keeps its own undo.
 */
export function useDraftKeys(draft: MappingDraft): void {
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
      const { undo, redo, undoLabel, redoLabel, preview, setSample } = latest.current;
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y")) {
        if (isText(event.target) && typed_in === event.target) return;
        event.preventDefault();
        if (key === "y" || event.shiftKey) {
          if (redoLabel !== null) redo();
        } else if (undoLabel !== null) undo();
        return;
      }
      const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : null;
      if (!event.altKey || event.ctrlKey || event.metaKey || step === null || !preview?.sample) return;
      event.preventDefault();
      const { list_id, index, total_profiles } = preview.sample;
      const goal = index + step;
      if (goal >= 0 && goal < total_profiles) setSample({ list_id, index: goal });
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
