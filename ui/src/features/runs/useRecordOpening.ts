import { useCallback, useState } from "react";
import { call, toFault, type Fault } from "../../ipc";

/** Opens a line's record, or one that it may be, in the system browser; why it could not be is told beside the table. */
export function useRecordOpening(run: number) {
  const [fault, setFault] = useState<Fault | null>(null);
  const open = useCallback(
    (line: number, candidate: number | null = null) => {
      setFault(null);
      call("runs.open_record", { run, line, candidate }).catch((reason: unknown) => setFault(toFault(reason)));
    },
    [run],
  );
  return { open, fault };
}
