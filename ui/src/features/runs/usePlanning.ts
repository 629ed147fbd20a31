import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { goTo } from "../../frame";
import {
  call,
  onEvent,
  query,
  toFault,
  type Fault,
  type Params,
  type PlanningProgress,
  type RunView,
} from "../../ipc";

/** The calls that make a new plan. */
type Planner = "export.plan" | "runs.repeat" | "runs.retry" | "runs.plan_undo";

/** Makes a plan and opens it. While it is made, its progress names the run, and so what could be cancelled. */
export function usePlanning() {
  const client = useQueryClient();
  const [running, setRunning] = useState<Planner | null>(null);
  const [progress, setProgress] = useState<PlanningProgress | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  useEffect(() => {
    if (!running) return undefined;
    return onEvent((event) => event.type === "planning" && setProgress(event.progress));
  }, [running]);

  const start = async <M extends Planner>(
    method: M,
    params: Params<M>,
    onPlanned?: () => void,
  ): Promise<void> => {
    setRunning(method);
    setFault(null);
    setProgress(null);
    try {
      const run: RunView = await call(method, params);
      client.setQueryData(query("runs.show", { run: run.summary.run }).queryKey, run);
      onPlanned?.();
      if (here.current) goTo(`/runs/${run.summary.run}`);
    } catch (reason) {
      const told = toFault(reason);
      if (told.code !== "cancelled") setFault(told);
    }
    setRunning(null);
    await Promise.all([
      client.invalidateQueries({ queryKey: ["runs.list"] }),
      // The run that it came from names its followers.
      client.invalidateQueries({ queryKey: ["runs.show"] }),
    ]);
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
    start: <M extends Planner>(method: M, params: Params<M>, onPlanned?: () => void) =>
      void start(method, params, onPlanned),
    cancel: () => void cancel(),
  };
}

export type Planning = ReturnType<typeof usePlanning>;

/** How far the plan of a run is while `planned` says that it is made, by whomever; `null` before anything is told. */
export function usePlanOf(run: number, planned: boolean): PlanningProgress | null {
  const [progress, setProgress] = useState<PlanningProgress | null>(null);
  useEffect(() => {
    if (!planned) return undefined;
    const stop = onEvent(
      (event) => event.type === "planning" && event.progress.run === run && setProgress(event.progress),
    );
    return () => {
      stop();
      setProgress(null);
    };
  }, [run, planned]);
  return progress;
}
