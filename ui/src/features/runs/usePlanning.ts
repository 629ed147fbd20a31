import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { goTo } from "../../frame";
import {
  call,
  onEvent,
  query,
  toFault,
  type ExportChoice,
  type Fault,
  type PlanningProgress,
} from "../../ipc";

/** Makes a plan and opens it. While it is made, its progress names the run, and so what could be cancelled. */
export function usePlanning() {
  const client = useQueryClient();
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<PlanningProgress | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  useEffect(() => onEvent((event) => event.type === "planning" && setProgress(event.progress)), []);

  const start = async (choice: ExportChoice) => {
    setRunning(true);
    setFault(null);
    setProgress(null);
    try {
      const run = await call("export.plan", choice);
      client.setQueryData(query("runs.show", { run: run.summary.run }).queryKey, run);
      if (here.current) goTo(`/runs/${run.summary.run}`);
    } catch (reason) {
      const told = toFault(reason);
      if (told.code !== "cancelled") setFault(told);
    }
    setRunning(false);
    await client.invalidateQueries({ queryKey: ["runs.list"] });
  };
  const cancel = async () => {
    if (!progress) return;
    await call("runs.cancel", { run: progress.run }).catch((reason: unknown) => {
      const told = toFault(reason);
      // A plan that is stopped leaves no run behind, so there is none to show.
      if (told.code !== "cancelled") setFault(told);
    });
  };
  return {
    running,
    progress,
    fault,
    start: (choice: ExportChoice) => void start(choice),
    cancel: () => void cancel(),
  };
}
