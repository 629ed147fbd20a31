import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { count } from "../../../format";
import { goTo } from "../../../frame";
import {
  call,
  onEvent,
  sendDroppedFile,
  toFault,
  type ChosenFile,
  type Fault,
  type ImportCheck,
  type ImportProgress,
} from "../../../ipc";
import { useToast } from "../../../kit";

/** Where an import is. Only `checked` waits for somebody; `failed` keeps the name that was tried. */
export type ImportPhase =
  | { at: "closed" }
  | { at: "sending"; file_name: string; sent_bytes: number; total_bytes: number }
  | { at: "checking"; file: ChosenFile }
  | { at: "checked"; check: ImportCheck; fault: Fault | null }
  | { at: "importing"; check: ImportCheck; name: string }
  | { at: "failed"; file_name: string | null; fault: Fault };

const own_fault = (sentence: string): Fault => ({ code: "bad_file", sentence, detail: null, field: null });

export type Importing = ReturnType<typeof useImport>;

export function useImport() {
  const client = useQueryClient();
  const toast = useToast();
  const [phase, setPhase] = useState<ImportPhase>({ at: "closed" });
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const sending = useRef<AbortController | null>(null);

  useEffect(() => onEvent((event) => event.type === "import" && setProgress(event.progress)), []);
  useEffect(() => () => sending.current?.abort(), []);

  const check = useCallback(async (file: ChosenFile) => {
    setProgress(null);
    setPhase({ at: "checking", file });
    try {
      const found = await call("lists.check_file", { file_id: file.file_id });
      setPhase({ at: "checked", check: found, fault: null });
    } catch (reason) {
      const fault = toFault(reason);
      setPhase(
        fault.code === "cancelled" ? { at: "closed" } : { at: "failed", file_name: file.file_name, fault },
      );
    }
  }, []);

  const choose = useCallback(async () => {
    try {
      const file = await call("lists.choose_file", {});
      if (!file) return;
      if (phase.at === "checked") await call("lists.cancel_file", { file_id: phase.check.file.file_id });
      await check(file);
    } catch (reason) {
      setPhase({ at: "failed", file_name: null, fault: toFault(reason) });
    }
  }, [check, phase]);

  const drop = useCallback(
    async (files: File[]) => {
      const [file] = files;
      if (!file) return;
      if (files.length > 1) {
        const sentence = `Drop one file at a time: ${count(files.length)} were dropped. Nothing was imported.`;
        setPhase({ at: "failed", file_name: null, fault: own_fault(sentence) });
        return;
      }
      const abort = new AbortController();
      sending.current = abort;
      const show = (sent_bytes: number) =>
        setPhase({ at: "sending", file_name: file.name, sent_bytes, total_bytes: file.size });
      show(0);
      try {
        await check(await sendDroppedFile(file, show, abort.signal));
      } catch (reason) {
        const fault = toFault(reason);
        setPhase(abort.signal.aborted ? { at: "closed" } : { at: "failed", file_name: file.name, fault });
      }
    },
    [check],
  );

  const importAs = useCallback(
    async (found: ImportCheck, name: string) => {
      setProgress(null);
      setPhase({ at: "importing", check: found, name });
      try {
        const done = await call("lists.import_file", { file_id: found.file.file_id, name });
        setPhase({ at: "closed" });
        await client.invalidateQueries({ queryKey: ["lists.list"] });
        toast({ text: `Imported ${count(done.imported_rows)} ${found.kind} into “${done.list.name}”.` });
        goTo(`/lists/${done.list.list_id}`);
      } catch (reason) {
        const fault = toFault(reason);
        setPhase(fault.code === "cancelled" ? { at: "closed" } : { at: "checked", check: found, fault });
      }
    },
    [client, toast],
  );

  const close = useCallback(async () => {
    sending.current?.abort();
    const file_id =
      phase.at === "checking" ? phase.file.file_id : "check" in phase ? phase.check.file.file_id : undefined;
    setPhase({ at: "closed" });
    if (file_id === undefined) return;
    await call("lists.cancel_file", { file_id }).catch((reason: unknown) => {
      const fault = toFault(reason);
      if (fault.code !== "not_found") setPhase({ at: "failed", file_name: null, fault });
    });
  }, [phase]);

  return {
    phase,
    progress,
    choose: () => void choose(),
    drop: (files: File[]) => void drop(files),
    importAs: (found: ImportCheck, name: string) => void importAs(found, name),
    close: () => void close(),
  };
}
