import { useSyncExternalStore } from "react";
import { closeWindow, holdWindow } from "../ipc";

/** What is about to be left: the page, the org by disconnecting it, oneself, the workspace, or the whole window. */
export type Leaving = "page" | "org" | "operator" | "workspace" | "window";

/** Where the window is, and what may hold it there: unsaved changes ask before they are left. */
interface Guard {
  /** Path that the changes belong to; moving below it is free. */
  within: string;
  ask: (leave: () => void, what: Leaving) => void;
}

const listeners = new Set<() => void>();
let guard: Guard | null = null;
let current = readHash();

function readHash(): string {
  return "/" + window.location.hash.replace(/^#?\/?/, "");
}

function onHashChange(): void {
  const next = readHash();
  if (next === current) return;
  const held = guard;
  if (held && !next.startsWith(held.within)) {
    history.replaceState(history.state, "", `#${current}`);
    held.ask(() => {
      guard = null;
      window.location.hash = next;
    }, "page");
    return;
  }
  current = next;
  for (const listener of [...listeners]) listener();
}

window.addEventListener("hashchange", onHashChange);

/** Holds the window within a path, and open, until the returned function is called. */
export function holdWithin(within: string, ask: Guard["ask"]): () => void {
  const own: Guard = { within, ask };
  const free = holdWindow(() => ask(closeWindow, "window"));
  guard = own;
  return () => {
    free();
    if (guard === own) guard = null;
  };
}

/** Goes on with what leaves more than the page; unsaved changes ask before. */
export function askBefore(what: Leaving, go: () => void): void {
  if (guard) guard.ask(go, what);
  else go();
}

/** Goes to a path, e.g. `/runs/12`. */
export function goTo(path: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) {
    history.replaceState(history.state, "", `#${path}`);
    onHashChange();
  } else {
    window.location.hash = path;
  }
}

function pathOnly(): string {
  return current.split("?")[0] ?? "/";
}

/** The part after `?`, read once by the page it is meant for. */
export const searchPart = (): URLSearchParams => new URLSearchParams(current.split("?")[1] ?? "");

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The location hook for the router. */
export function useGuardedHash(): [string, typeof goTo] {
  return [useSyncExternalStore(subscribe, pathOnly), goTo];
}
