import { useCallback, useState } from "react";
import { call, toFault, type Fault } from "../../ipc";

/** Opens a line's record in the system browser; why it could not be is told beside the table. */
export function useRecordOpening(run: number) {
  const [fault, setFault] = useState<Fault | null>(null);
  const open = useCallback(
    (line: number) => {
      setFault(null);
      call("runs.open_record", { run, line }).catch((reason: unknown) => setFault(toFault(reason)));
    },
    [run],
  );
  return { open, fault };
}
