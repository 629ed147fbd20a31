import { Channel, invoke } from "@tauri-apps/api/core";

function tell(command: "hold_window" | "close_window", params: Record<string, unknown> = {}): void {
  invoke(command, params).catch((reason: unknown) => {
    console.error("The window could not be told how it closes:", reason);
  });
}

/** Keeps the window from closing at once: that somebody wants to close it is told to `ask`, until the returned function is called. */
export function holdWindow(ask: () => void): () => void {
  let held = true;
  const hold = () => {
    // The shell lets go of a channel with each answer, so each needs its own.
    const channel = new Channel<null>(() => {
      if (!held) return;
      // Says that the question was heard; a window that says nothing may be closed without an answer.
      hold();
      ask();
    });
    tell("hold_window", { channel });
  };
  const keep = (event: BeforeUnloadEvent) => event.preventDefault();
  hold();
  window.addEventListener("beforeunload", keep);
  return () => {
    held = false;
    window.removeEventListener("beforeunload", keep);
    tell("hold_window", { channel: null });
  };
}

/** Closes the window, whatever is not saved. */
export const closeWindow = (): void => tell("close_window");
