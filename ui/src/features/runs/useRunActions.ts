import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "../../format";
import { goTo } from "../../frame";
import { call, query, toFault, type Fault, type RunView } from "../../ipc";
import { useToast } from "../../kit";

type Doing = "send" | "cancel" | "resume" | "save" | null;

/** What can be done with one run. A fault stays on the page until the next try. */
export function useRunActions(run: number) {
  const client = useQueryClient();
  const toast = useToast();
  const [doing, setDoing] = useState<Doing>(null);
  const [fault, setFault] = useState<Fault | null>(null);

  const attempt = async (what: Doing, work: () => Promise<RunView | null>) => {
    setDoing(what);
    setFault(null);
    const { queryKey } = query("runs.show", { run });
    const before = client.getQueryData<RunView>(queryKey);
    try {
      const view = await work();
      // A short run may have told of its end before this answer came; what it told is newer.
      if (view && client.getQueryData<RunView>(queryKey) === before) client.setQueryData(queryKey, view);
    } catch (reason) {
      setFault(toFault(reason));
    }
    setDoing(null);
    await Promise.all([
      client.invalidateQueries({ queryKey: ["runs.list"] }),
      client.invalidateQueries({ queryKey: ["runs.ledger", run] }),
    ]);
  };

  return {
    doing,
    fault,
    send: () =>
      void attempt("send", async () => {
        const view = await call("export.send", { run });
        goTo(`/runs/${run}`);
        return view;
      }),
    cancel: () => void attempt("cancel", () => call("runs.cancel", { run })),
    resume: () => void attempt("resume", () => call("runs.resume", { run })),
    saveLedger: () =>
      void attempt("save", async () => {
        const saved = await call("runs.save_ledger", { run });
        if (saved) toast({ text: `Saved ${counted(saved.rows, "line", "lines")} as ${saved.file_name}.` });
        return null;
      }),
    openRecord: (line: number) =>
      void attempt(null, async () => {
        await call("runs.open_record", { run, line });
        return null;
      }),
  };
}

export type RunActions = ReturnType<typeof useRunActions>;
