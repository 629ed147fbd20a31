import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "../../format";
import { goTo } from "../../frame";
import { call, query, toFault, type Fault, type LedgerFormat, type RunView } from "../../ipc";
import { useToast } from "../../kit";
import { refreshPlan } from "./plan/refreshPlan";

type Doing = "send" | "cancel" | "resume" | "save" | "refresh" | null;

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
    await Promise.all([client.invalidateQueries({ queryKey: ["runs.list"] }), refreshPlan(client, run)]);
  };

  return {
    doing,
    fault,
    send: () =>
      void attempt("send", async () => {
        const view = await call("export.send", { run });
        // What changed in the org since the plan is planned again, and looked at again before it is sent.
        if (view.summary.state !== "planned") goTo(`/runs/${run}`);
        return view;
      }),
    cancel: () => void attempt("cancel", () => call("runs.cancel", { run })),
    /** Stops the plan that is being made, which leaves no run behind. */
    stopPlanning: () =>
      void attempt("cancel", async () => {
        try {
          return await call("runs.cancel", { run });
        } catch (reason) {
          if (toFault(reason).code !== "cancelled") throw reason;
          goTo("/runs");
          return null;
        }
      }),
    resume: () => void attempt("resume", () => call("runs.resume", { run })),
    refresh: () =>
      void attempt("refresh", async () => {
        const view = await call("runs.refresh", { run });
        if (view.plan.replanned_sentence === "")
          toast({ text: "Nothing changed in the org since the plan." });
        return view;
      }),
    saveLedger: (format: LedgerFormat) =>
      void attempt("save", async () => {
        const saved = await call("runs.save_ledger", { run, format });
        if (saved) toast({ text: `Saved ${counted(saved.rows, "line", "lines")} as ${saved.file_name}.` });
        return null;
      }),
  };
}

export type RunActions = ReturnType<typeof useRunActions>;
