import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, query, toFault, type DoctorReport, type Fault } from "../../../../ipc";
import { useToast } from "../../../../kit";

const report_query = query("doctor.last", {});

/** The doctor's last report, and what can be done with it. */
export function useDoctor() {
  const client = useQueryClient();
  const toast = useToast();
  const report = useQuery<DoctorReport | null, Fault>(report_query);
  const [doing, setDoing] = useState<"run" | "open" | "save" | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);

  const attempt = async (what: "run" | "open" | "save", work: () => Promise<void>) => {
    setDoing(what);
    setFault(null);
    try {
      await work();
    } catch (reason) {
      setFault(toFault(reason));
    }
    setDoing(null);
  };
  return {
    report,
    doing,
    fault,
    run: () =>
      void attempt("run", async () => {
        client.setQueryData(report_query.queryKey, await call("doctor.run", {}));
        await client.invalidateQueries({ queryKey: ["app.state"] });
      }),
    openSetup: (check: string) =>
      void attempt("open", async () => {
        await call("doctor.open_setup", { check });
      }),
    savePermissionSet: () =>
      void attempt("save", async () => {
        const saved = await call("doctor.save_permission_set", {});
        if (saved) toast({ text: `Saved the permission set as “${saved.file_name}”.` });
      }),
  };
}
