import { useState, type ReactNode } from "react";
import { ConfirmDialog } from "../../../../kit";

/** Closes at once when nothing is changed; otherwise asks first. */
export function useClosing(changed: boolean, text: string, onClose: () => void) {
  const [asking, setAsking] = useState(false);
  const close = () => (changed ? setAsking(true) : onClose());
  const question: ReactNode = asking && (
    <ConfirmDialog
      title="Discard what was changed here?"
      text={text}
      verb="Discard changes"
      keep="Keep editing"
      onConfirm={onClose}
      onClose={() => setAsking(false)}
    />
  );
  return { close, question };
}
