import type { LineAnswer, Question } from "../../../../ipc";

/** What a key means in the grid of a question. */
export type KeyAct =
  | { kind: "answer"; answer: LineAnswer }
  | { kind: "step"; by: 1 | -1 }
  | { kind: "mark"; candidate: number }
  | { kind: "alike" }
  | { kind: "take_back" };

export const mayUpdate = (question: Question, candidate: number): boolean =>
  question.offered.includes("update") &&
  question.candidates.some((one) => one.number === candidate && one.may_be_updated);

/** The candidate that is marked at first: the answered one, else the best that can be updated, else the best. */
export function firstUpdatable(question: Question): number | undefined {
  const { answer, candidates } = question;
  if (answer?.kind === "update") return answer.candidate;
  return (candidates.find((one) => one.may_be_updated) ?? candidates[0])?.number;
}

const offers = (question: Question, action: "create" | "skip"): KeyAct | null =>
  question.offered.includes(action) ? { kind: "answer", answer: { kind: action } } : null;

/**
 * Single letters work only while they are turned on. Enter and the arrows belong to the grid itself, not to a button
 * within it that has the focus.
 */
export function keyAct(
  key: string,
  question: Question | undefined,
  marked: number | null,
  on_grid: boolean,
  letters: boolean,
): KeyAct | null {
  // The last answer can be taken back also when no question is left.
  if (letters && key.toLowerCase() === "u") return { kind: "take_back" };
  if (!question) return null;
  if (on_grid) {
    const updates = marked !== null && mayUpdate(question, marked);
    if (key === "Enter")
      return updates ? { kind: "answer", answer: { kind: "update", candidate: marked } } : null;
    if (key === "ArrowDown" || key === "PageDown") return { kind: "step", by: 1 };
    if (key === "ArrowUp" || key === "PageUp") return { kind: "step", by: -1 };
    if (key === "ArrowRight" || key === "ArrowLeft") {
      const numbers = question.candidates.map((one) => one.number);
      const at = marked === null ? 0 : numbers.indexOf(marked);
      const goal = numbers[at + (key === "ArrowRight" ? 1 : -1)];
      return goal === undefined ? null : { kind: "mark", candidate: goal };
    }
  }
  if (!letters) return null;
  switch (key.toLowerCase()) {
    case "j":
      return { kind: "step", by: 1 };
    case "k":
      return { kind: "step", by: -1 };
    case "c":
      return offers(question, "create");
    case "x":
      return offers(question, "skip");
    case "a":
      return question.alike_questions > 0 ? { kind: "alike" } : null;
    default: {
      const candidate = /^[1-9]$/.test(key) ? Number(key) : 0;
      return mayUpdate(question, candidate)
        ? { kind: "answer", answer: { kind: "update", candidate } }
        : null;
    }
  }
}
