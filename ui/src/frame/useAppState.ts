import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { onEvent, query, type AppState, type Fault, type RunView } from "../ipc";
import { readAllAgain } from "./readAgain";

const state_query = query("app.state", {});

/** The state of the workspace, read once and kept up to date by the engine's events. */
export function useAppState() {
  return useQuery<AppState, Fault>({ ...state_query, staleTime: Infinity });
}

const waiting_refresh = new Map<number, ReturnType<typeof setTimeout>>();

/** Reads the ledger in sight again, at most once a second however often the run tells of itself; at once with a new state. */
function refreshLedger(client: QueryClient, run: number, now: boolean): void {
  const waiting = waiting_refresh.get(run);
  if (waiting !== undefined && !now) return;
  clearTimeout(waiting);
  const refresh = () => {
    waiting_refresh.delete(run);
    void client.invalidateQueries({ queryKey: ["runs.ledger", run] });
  };
  if (now) refresh();
  else waiting_refresh.set(run, setTimeout(refresh, 1000));
}

let mappings_refresh: ReturnType<typeof setTimeout> | undefined;

/**
 * Asks for the mappings in sight again, at most once a second: with the state of the workspace may have changed what
 * drifted in the org. Another org or session has other fields too, and is asked at once.
 */
function refreshMappings(client: QueryClient, before: AppState | undefined, now: AppState): void {
  const other_org =
    before !== undefined &&
    (before.org?.org_id !== now.org?.org_id ||
      before.org?.connected_at !== now.org?.connected_at ||
      before.session !== now.session);
  if (other_org) {
    void client.invalidateQueries({ queryKey: ["mapping.show"] });
    void client.invalidateQueries({ queryKey: ["mapping.fields"] });
  } else {
    mappings_refresh ??= setTimeout(() => {
      mappings_refresh = undefined;
      void client.invalidateQueries({ queryKey: ["mapping.show"] });
    }, 1000);
  }
}

/** Whether what was read may be something else for whoever uses the window now. */
const isForSomebodyElse = (before: AppState, now: AppState): boolean =>
  before.workspace !== now.workspace ||
  before.operator.person !== now.operator.person ||
  before.operator.standing !== now.operator.standing;

/** Puts what the engine tells into the kept answers, so that every page shows it at once. */
export function useEngineEvents(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onEvent((event) => {
        switch (event.type) {
          case "state": {
            const before = client.getQueryData<AppState>(state_query.queryKey);
            refreshMappings(client, before, event.state);
            client.setQueryData(state_query.queryKey, event.state);
            if (before && isForSomebodyElse(before, event.state)) void readAllAgain(client);
            break;
          }
          case "run": {
            const key = query("runs.show", { run: event.run.summary.run }).queryKey;
            const before = client.getQueryData<RunView>(key);
            // An answer that is still on its way is older than what the engine tells now.
            void client.cancelQueries({ queryKey: key });
            client.setQueryData(key, event.run);
            const state_changed = before?.summary.state !== event.run.summary.state;
            refreshLedger(client, event.run.summary.run, state_changed);
            if (state_changed) {
              void client.invalidateQueries({ queryKey: ["runs.list"] });
            }
            break;
          }
          case "lists":
            void client.invalidateQueries({ queryKey: ["lists.list"] });
            break;
          case "import":
          case "planning":
            break;
        }
      }),
    [client],
  );
}
