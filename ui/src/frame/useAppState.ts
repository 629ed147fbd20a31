import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { onEvent, query, type AppState, type Fault, type RunView } from "../ipc";

const state_query = query("app.state", {});

/** The state of the workspace, kept up to date by the engine's events. */
export function useAppState() {
  return useQuery<AppState, Fault>(state_query);
}

const waiting_refresh = new Map<number, ReturnType<typeof setTimeout>>();

/** Reads the ledger in sight again, at most once a second however often the run tells of itself. */
function refreshLedger(client: QueryClient, run: number): void {
  if (waiting_refresh.has(run)) return;
  const timer = setTimeout(() => {
    waiting_refresh.delete(run);
    void client.invalidateQueries({ queryKey: ["runs.ledger", run] });
  }, 1000);
  waiting_refresh.set(run, timer);
}

/** Puts what the engine tells into the kept answers, so that every page shows it at once. */
export function useEngineEvents(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onEvent((event) => {
        switch (event.type) {
          case "state":
            client.setQueryData(state_query.queryKey, event.state);
            break;
          case "run": {
            const key = query("runs.show", { run: event.run.summary.run }).queryKey;
            const before = client.getQueryData<RunView>(key);
            client.setQueryData(key, event.run);
            refreshLedger(client, event.run.summary.run);
            if (before?.summary.state !== event.run.summary.state) {
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
