import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { query, toFault, type AppState, type Fault } from "../ipc";

const state_query = query("app.state", {});

/**
 * Does what changes the state of the workspace, one thing at a time: what is being done is `doing`, and what failed is
 * `fault`, to be shown where it was asked for.
 */
export function useStateChange<Doing extends string>() {
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  /** True when it was done. The answer, if it is a state, is what every page shows from then on. */
  const change = useCallback(
    async (what: Doing, work: () => Promise<AppState | undefined>): Promise<boolean> => {
      setDoing(what);
      setFault(null);
      try {
        const state = await work();
        if (state) client.setQueryData(state_query.queryKey, state);
        return true;
      } catch (reason) {
        setFault(toFault(reason));
        return false;
      } finally {
        setDoing(null);
      }
    },
    [client],
  );
  return { doing, fault, change, forget: useCallback(() => setFault(null), []) };
}
