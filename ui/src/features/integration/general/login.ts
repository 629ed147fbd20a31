import { useSyncExternalStore } from "react";
import { call, toFault, type AppState, type BeginLogin, type Fault, type LoginAttempt } from "../../../ipc";

interface Login {
  starting: boolean;
  /** The login that waits for the browser, wherever the window went meanwhile. */
  attempt: LoginAttempt | null;
  fault: Fault | null;
  /** What the last disconnecting has to say. */
  note: string | null;
}

let login: Login = { starting: false, attempt: null, fault: null, note: null };
const listeners = new Set<() => void>();

function change(next: Partial<Login>): void {
  login = { ...login, ...next };
  for (const listener of [...listeners]) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The login of this window: it goes on while other pages are looked at. */
export const useLogin = (): Login => useSyncExternalStore(subscribe, () => login);

/** Opens the login page and waits for its end; gives the new state, or `null` when it did not come to one. */
export async function logIn(request: BeginLogin): Promise<AppState | null> {
  change({ starting: true, fault: null, note: null });
  try {
    change({ attempt: await call("connection.begin", request), starting: false });
    const state = await call("connection.finish", {});
    change({ attempt: null });
    return state;
  } catch (reason) {
    const fault = toFault(reason);
    change({ starting: false, attempt: null, fault: fault.code === "cancelled" ? null : fault });
    return null;
  }
}

/** Ends the waiting; `logIn` then returns by itself. */
export async function cancelLogin(): Promise<void> {
  try {
    await call("connection.cancel", {});
  } catch (reason) {
    change({ fault: toFault(reason) });
  }
}

export const noteAfterDisconnect = (note: string | null): void => change({ note });
