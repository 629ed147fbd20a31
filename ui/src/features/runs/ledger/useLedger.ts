import { useCallback, useMemo } from "react";
import { call, type LedgerLine, type LedgerPage, type LedgerQuery } from "../../../ipc";
import { useRowWindows } from "../../../kit";

/** What is shown of a ledger. */
export type LedgerFilter = Required<Omit<LedgerQuery, "run" | "offset" | "limit">>;

export const everything: LedgerFilter = {
  outcome: null,
  action: null,
  error_code: null,
  object: null,
  member_state: null,
  search: "",
};

type Window = LedgerPage & { rows: LedgerLine[]; total: number };

/** The lines of a run that a filter leaves, read by windows. */
export function useLedger(run: number, filter: LedgerFilter) {
  const identity = JSON.stringify(filter);
  const key = useMemo(() => ["runs.ledger", run, identity], [run, identity]);
  const read = useCallback(
    async (offset: number, limit: number): Promise<Window> => {
      const page = await call("runs.ledger", {
        ...(JSON.parse(identity) as LedgerFilter),
        run,
        offset,
        limit,
      });
      return { ...page, rows: page.lines, total: page.matching_lines };
    },
    [run, identity],
  );
  return useRowWindows<LedgerLine, Window>(key, read);
}
