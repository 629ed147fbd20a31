import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import {
  call,
  query,
  toFault,
  type CompanyAnswer,
  type CompanyPage,
  type CompanyQuestion,
  type Fault,
  type MatchingAccounts,
} from "../../../../ipc";
import { useRowPicking, useRowWindows } from "../../../../kit";
import { refreshPlan } from "../refreshPlan";

type Window = CompanyPage & { rows: CompanyQuestion[]; total: number };

const keyOf = (company: CompanyQuestion) => company.company;
const nameOf = (company: CompanyQuestion) => company.name;

/** An answer that fits several companies: each of them gets its best account. */
export type BulkAnswer = Exclude<CompanyAnswer, { kind: "associate" }> | { kind: "associate_best" };

/** Companies of one answer, as the calls take them; those that it does not fit are left out. */
function callsOf(
  companies: CompanyQuestion[],
  answer: BulkAnswer | null,
): [CompanyAnswer | null, number[]][] {
  if (answer === null) return [[null, companies.map(keyOf)]];
  if (answer.kind === "create")
    return [[answer, companies.filter((one) => one.cannot_create === null).map(keyOf)]];
  if (answer.kind !== "associate_best") return [[answer, companies.map(keyOf)]];
  const by_account = new Map<string, number[]>();
  for (const { company, candidates } of companies) {
    const best = candidates[0]?.account_id;
    if (best !== undefined) by_account.set(best, [...(by_account.get(best) ?? []), company]);
  }
  return [...by_account].map(([account_id, numbers]) => [{ kind: "associate", account_id }, numbers]);
}

/** The companies of a plan's contacts: filter, pick, answer one or many. */
export function useCompanies(run: number) {
  const client = useQueryClient();
  const [waitingOnly, setWaitingOnly] = useState(true);
  const [accounts, setAccounts] = useState<MatchingAccounts | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const key = useMemo(() => ["runs.companies", run, waitingOnly, accounts], [run, waitingOnly, accounts]);
  const read = useCallback(
    async (offset: number, limit: number): Promise<Window> => {
      const page = await call("runs.companies", {
        run,
        waiting_only: waitingOnly,
        accounts,
        offset,
        limit,
      });
      return { ...page, rows: page.companies, total: page.matching_companies };
    },
    [run, waitingOnly, accounts],
  );
  const window = useRowWindows<CompanyQuestion, Window>(key, read);
  const picking = useRowPicking({
    keyOf,
    nameOf,
    rowAt: window.rowAt,
    rowsBetween: window.rowsBetween,
    matching: window.answer?.matching_companies ?? 0,
  });

  const send = async (calls: [CompanyAnswer | null, number[]][]) => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    try {
      for (const [answer, companies] of calls) {
        if (companies.length === 0) continue;
        const view = await call("runs.answer_companies", { run, companies, answer });
        client.setQueryData(query("runs.show", { run }).queryKey, view);
      }
      picking.clear();
      await refreshPlan(client, run);
    } catch (reason) {
      setFault(toFault(reason));
    }
    setBusy(false);
  };
  return {
    window,
    picking,
    waitingOnly,
    setWaitingOnly,
    accounts,
    setAccounts,
    busy,
    fault,
    answerOne: (company: number, answer: CompanyAnswer | null) => void send([[answer, [company]]]),
    /** Answers what is picked; where nothing is, the given company alone. */
    answerMany: (answer: BulkAnswer | null, alone?: CompanyQuestion) => {
      const picked = [...picking.picked.values()];
      void send(callsOf(picked.length > 0 || !alone ? picked : [alone], answer));
    },
  };
}

export type Companies = ReturnType<typeof useCompanies>;
