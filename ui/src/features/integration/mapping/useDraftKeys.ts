import { useEffect, useRef } from "react";
import { useUndoKeys } from "../useUndoKeys";
import type { MappingDraft } from "./useMappingDraft";

const dialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** The keys of undo and redo; Alt left and right go to another sample. */
export function useDraftKeys(draft: MappingDraft): void {
  useUndoKeys(draft);
  const latest = useRef(draft);
  latest.current = draft;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || dialogOpen()) return;
      const { preview, setSample } = latest.current;
      const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : null;
      if (!event.altKey || event.ctrlKey || event.metaKey || step === null || !preview?.sample) return;
      event.preventDefault();
      const { list_id, index, total_profiles } = preview.sample;
      const goal = index + step;
      if (goal >= 0 && goal < total_profiles) setSample({ list_id, index: goal });
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
