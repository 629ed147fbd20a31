import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { counted } from "../../format";
import { call, toFault, type Fault, type ListSummary } from "../../ipc";
import { useToast } from "../../kit";

/** Deleting with Undo, and the samples. What fails is kept as `fault` for the page to show. */
export function useListActions() {
  const client = useQueryClient();
  const toast = useToast();
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState<"samples" | "delete" | null>(null);

  const attempt = useCallback(
    async (kind: "samples" | "delete", work: () => Promise<void>): Promise<boolean> => {
      setFault(null);
      setBusy(kind);
      let done = false;
      try {
        await work();
        done = true;
      } catch (reason) {
        setFault(toFault(reason));
      }
      setBusy(null);
      await client.invalidateQueries({ queryKey: ["lists.list"] });
      return done;
    },
    [client],
  );

  const importSamples = useCallback(
    () =>
      attempt("samples", async () => {
        const lists = await call("lists.import_samples", {});
        toast({ text: `${counted(lists.total_lists, "list", "lists")} here now, the samples among them.` });
      }),
    [attempt, toast],
  );

  const restore = useCallback(
    (lists: ListSummary[]) =>
      attempt("delete", async () => {
        for (const list of lists) await call("lists.restore", { list_id: list.list_id });
      }),
    [attempt],
  );

  const remove = useCallback(
    (lists: ListSummary[]) =>
      attempt("delete", async () => {
        for (const list of lists) await call("lists.delete", { list_id: list.list_id });
        const [only] = lists;
        const what = lists.length === 1 && only ? `“${only.name}”` : counted(lists.length, "list", "lists");
        toast({ text: `Deleted ${what}.`, action: { text: "Undo", act: () => void restore(lists) } });
      }),
    [attempt, restore, toast],
  );

  return { fault, busy, importSamples, remove };
}
