import { invoke } from "@tauri-apps/api/core";
import { call } from "./call";
import { toFault } from "./faults";
import type { ChosenFile } from "./generated/contract";

const chunk_bytes = 1_048_576;

/**
 * Hands a dropped file to the engine, which cannot see the file itself. The bytes go as raw bodies of 1 MiB, in
 * order, each with the headers `file-id` and `offset`. `signal` stops it between two chunks.
 */
export async function sendDroppedFile(
  file: File,
  onProgress: (sent_bytes: number) => void,
  signal: AbortSignal,
): Promise<ChosenFile> {
  const chosen = await call("lists.drop_file", { file_name: file.name, size_bytes: file.size });
  try {
    for (let offset = 0; offset < file.size; offset += chunk_bytes) {
      signal.throwIfAborted();
      const bytes = new Uint8Array(await file.slice(offset, offset + chunk_bytes).arrayBuffer());
      await invoke("drop_chunk", bytes, { headers: { "file-id": chosen.file_id, offset: String(offset) } });
      onProgress(Math.min(file.size, offset + chunk_bytes));
    }
  } catch (reason) {
    await call("lists.cancel_file", { file_id: chosen.file_id });
    throw signal.aborted
      ? toFault({ code: "cancelled", sentence: "The file was not imported.", detail: null, field: null })
      : toFault(reason);
  }
  return chosen;
}
