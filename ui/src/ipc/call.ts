import { invoke } from "@tauri-apps/api/core";
import type { QueryKey } from "@tanstack/react-query";
import { toFault } from "./faults";
import type { Contract } from "./generated/contract";

export type Method = keyof Contract;
export type Params<M extends Method> = Contract[M]["params"];
export type Result<M extends Method> = Contract[M]["result"];

/** Asks the engine for one thing. Rejects with a `Fault`, whatever went wrong. */
export async function call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
  try {
    return await invoke<Result<M>>("call", { method, params });
  } catch (reason) {
    throw toFault(reason);
  }
}

/** A call that only reads, with the key under which its answer is kept. */
export function query<M extends Method>(
  method: M,
  params: Params<M>,
): {
  queryKey: QueryKey;
  queryFn: () => Promise<Result<M>>;
} {
  return { queryKey: [method, params], queryFn: () => call(method, params) };
}
