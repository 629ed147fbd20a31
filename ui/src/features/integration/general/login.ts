import { useSyncExternalStore } from "react";
import {
  call,
  toFault,
  type AppState,
  type BeginLogin,
  type Fault,
  type LoginAttempt,
  type LoginPurpose,
  type OtherOrg,
} from "../../../ipc";

interface Login {
  /** What the login is for that goes on, or that ended last. */
  purpose: LoginPurpose;
  starting: boolean;
  /** The login that waits for the browser, wherever the window went meanwhile. */
  attempt: LoginAttempt | null;
  /** The login led to another org, and nothing has changed until somebody says so. */
  other: OtherOrg | null;
  fault: Fault | null;
  /** What Salesforce could not be told when tokens were forgotten. */
  note: string | null;
}

let login: Login = {
  purpose: "connect",
  starting: false,
  attempt: null,
  other: null,
  fault: null,
  note: null,
};
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
  change({ purpose: request.purpose, starting: true, other: null, fault: null, note: null });
  try {
    change({ attempt: await call("connection.begin", request), starting: false });
    const { state, other_org, unrevoked } = await call("connection.finish", {});
    change({ attempt: null, other: other_org, note: unrevoked });
    return other_org === null ? state : null;
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

/** Goes on with the other org that the login led to. Rejects with a `Fault`, and the question stays. */
export async function acceptOtherOrg(): Promise<AppState> {
  const { state, unrevoked } = await call("connection.accept_other_org", {});
  change({ other: null, note: unrevoked });
  return state;
}

/** Stays with the connected org. Rejects with a `Fault`, and the question stays. */
export async function refuseOtherOrg(): Promise<void> {
  await call("connection.cancel", {});
  change({ other: null });
}

/** Forgets why the last login failed, when another form is opened. */
export const forgetLoginFault = (): void => change({ fault: null });

/** Says above the page whose tokens Salesforce could not be told of; `null` says nothing any more. */
export const noteUnrevoked = (note: string | null): void => change({ note });
