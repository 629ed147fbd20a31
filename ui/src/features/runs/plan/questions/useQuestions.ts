import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import {
  call,
  query,
  toFault,
  type Fault,
  type LineAnswer,
  type Question,
  type QuestionPage,
} from "../../../../ipc";
import { refreshPlan } from "../refreshPlan";

const page_questions = 50;

/**
 * The questions of a plan, one at a time. Those that wait come first; an answered one leaves them, so that the next
 * stands in its place. Keys that come while an answer is on its way are dropped: nobody has seen the next question yet.
 */
export function useQuestions(run: number) {
  const client = useQueryClient();
  const [waitingOnly, setWaitingOnly] = useState(true);
  const [index, setIndex] = useState(0);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const answered = useRef<number[]>([]);
  const offset = Math.floor(index / page_questions) * page_questions;
  const page = useQuery<QuestionPage, Fault>({
    ...query("runs.questions", { run, waiting_only: waitingOnly, offset, limit: page_questions }),
    placeholderData: (before) => before,
  });
  const total = page.data?.matching_questions ?? 0;
  const here = Math.min(index, Math.max(0, total - 1));
  const known = page.data && page.data.offset === offset;
  const question: Question | undefined = known ? page.data.questions[here - offset] : undefined;

  const send = async (line: number, answer: LineAnswer | null, alike: boolean): Promise<boolean> => {
    setBusy(true);
    setFault(null);
    try {
      const view = await call("runs.answer", { run, line, alike, answer });
      client.setQueryData(query("runs.show", { run }).queryKey, view);
      await refreshPlan(client, run);
      return true;
    } catch (reason) {
      setFault(toFault(reason));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const answer = async (given: LineAnswer, alike: boolean) => {
    if (!question || busy) return;
    const { line } = question;
    if (!(await send(line, given, alike))) return;
    answered.current.push(line);
    if (!waitingOnly) setIndex((now) => Math.min(now + 1, total - 1));
  };
  /** Takes back the answer in sight; where none is, the last one that was given here. */
  const takeBack = async () => {
    if (busy) return;
    const line = question?.answer ? question.line : answered.current.at(-1);
    if (line === undefined || !(await send(line, null, false))) return;
    answered.current = answered.current.filter((one) => one !== line);
  };
  return {
    page,
    question,
    total,
    index: here,
    waitingOnly,
    busy,
    fault,
    step: (by: number) => setIndex(Math.max(0, Math.min(total - 1, here + by))),
    show: (only: boolean) => {
      setWaitingOnly(only);
      setIndex(0);
    },
    answer: (given: LineAnswer, alike: boolean) => void answer(given, alike),
    takeBack: () => void takeBack(),
  };
}

export type Questions = ReturnType<typeof useQuestions>;
