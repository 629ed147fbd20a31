import { Channel, invoke } from "@tauri-apps/api/core";
import type { Event } from "./generated/contract";

type Listener = (event: Event) => void;

const listeners = new Set<Listener>();
let watching = false;

/** Opens the one channel of the window. The engine sends at most ten messages a second through it. */
function watch(): void {
  if (watching) return;
  watching = true;
  const channel = new Channel<Event>((event) => {
    for (const listener of [...listeners]) listener(event);
  });
  invoke("watch", { channel }).catch((reason: unknown) => {
    watching = false;
    console.error("The window is not told about changes:", reason);
  });
}

/** Tells `listener` everything that changes, until the returned function is called. */
export function onEvent(listener: Listener): () => void {
  listeners.add(listener);
  watch();
  return () => {
    listeners.delete(listener);
  };
}
