import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useAppState } from "../../../frame";
import type { Edits } from "./EditDialog";

/** What was typed for lines of a run and not sent, by line. */
export type KeptEdits = ReadonlyMap<number, Edits>;

interface Store {
  kept: Map<string, KeptEdits>;
  listeners: Set<() => void>;
}

/** Kept beside the app's answers, so that what was typed outlives the page of its run. */
const stores = new WeakMap<QueryClient, Store>();

function storeOf(client: QueryClient): Store {
  const store = stores.get(client) ?? { kept: new Map(), listeners: new Set() };
  stores.set(client, store);
  return store;
}

const none: KeptEdits = new Map();

/** The edits of a run that wait for a retry, and the function that changes them. They stay until the window is closed. */
export function useKeptEdits(run: number): [KeptEdits, (change: (now: KeptEdits) => KeptEdits) => void] {
  const store = storeOf(useQueryClient());
  const name = `${useAppState().data?.workspace ?? ""} ${run}`;
  const edits = useSyncExternalStore(
    (listener) => {
      store.listeners.add(listener);
      return () => void store.listeners.delete(listener);
    },
    () => store.kept.get(name) ?? none,
  );
  return [
    edits,
    (change) => {
      store.kept.set(name, change(store.kept.get(name) ?? none));
      for (const listener of [...store.listeners]) listener();
    },
  ];
}
