import type { Act } from "../ipc";
import { useAppState } from "./useAppState";

export interface RightTo {
  /** Whether the operator may; false until it is known. */
  may: boolean;
  /** Why not, and who may: the reason that stands at a control that is off. `undefined` when the operator may. */
  refusal: string | undefined;
}

/** Whether the operator may do an act. The core decides and says why not; the window only shows it. */
export function useRight(act: Act): RightTo {
  const right = useAppState().data?.rights.find((one) => one.act === act);
  return { may: right !== undefined && right.refusal === null, refusal: right?.refusal ?? undefined };
}
