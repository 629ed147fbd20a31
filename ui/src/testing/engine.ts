import { mockIPC } from "@tauri-apps/api/mocks";
import type { Contract, Event, Fault } from "../ipc/generated/contract";
import type { Method, Params, Result } from "../ipc";

type Answer<M extends Method> = Result<M> | ((params: Params<M>) => Result<M> | Promise<Result<M>>);

export type Answers = { [M in Method]?: Answer<M> };

interface Call {
  method: Method;
  params: unknown;
}

interface Watcher {
  onmessage: (event: Event) => void;
}

interface Asker {
  onmessage: (nothing: null) => void;
}

/** The window opens its one channel at the first listener and keeps it, so it outlives the engine of one test. */
const watchers: Watcher[] = [];

/** Stands in for the engine at the IPC boundary: answers by method, remembers the calls, and can tell events. */
export function startEngine(answers: Answers) {
  const calls: Call[] = [];
  const chunks: Uint8Array[] = [];
  let holder: Asker | null = null;
  let closed = 0;
  mockIPC((command, payload) => {
    if (command === "watch") {
      watchers.push((payload as unknown as { channel: Watcher }).channel);
      return null;
    }
    if (command === "drop_chunk") {
      chunks.push(payload as Uint8Array);
      return null;
    }
    if (command === "hold_window") {
      holder = (payload as unknown as { channel: Asker | null }).channel;
      return null;
    }
    if (command === "close_window") {
      closed += 1;
      return null;
    }
    const { method, params } = payload as unknown as Call;
    calls.push({ method, params });
    const answer: unknown = answers[method];
    if (answer === undefined) throw fault("unknown_call", `The test gives no answer to ${method}.`);
    return typeof answer === "function" ? (answer as (params: unknown) => unknown)(params) : answer;
  });
  return {
    answers,
    chunks,
    /** The parameters of every call of one method, in order. */
    asked: <M extends keyof Contract>(method: M): Params<M>[] =>
      calls.filter((call) => call.method === method).map((call) => call.params as Params<M>),
    /** Whether closing the window asks first. */
    held: () => holder !== null,
    /** Somebody presses the window's cross. */
    requestClose: () => {
      if (holder) holder.onmessage(null);
      else closed += 1;
    },
    /** How often the window was closed. */
    closed: () => closed,
    tell: (event: Event) => {
      for (const watcher of watchers) watcher.onmessage(event);
    },
  };
}

export const fault = (code: Fault["code"], sentence: string, field: string | null = null): Fault => ({
  code,
  sentence,
  detail: null,
  field,
});
