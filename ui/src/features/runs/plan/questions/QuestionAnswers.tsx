import { Undo2 } from "lucide-react";
import { count } from "../../../../format";
import type { LineAnswer, Question } from "../../../../ipc";
import { Button, Checkbox, KeyCap, Pill } from "../../../../kit";
import { duplicate_words } from "../../../words";
import { mayUpdate } from "./questionKeys";
import { candidateName } from "./QuestionTable";
import styles from "./Questions.module.css";

interface Choice {
  key: string;
  text: string;
  cap: string;
  answer: LineAnswer;
  primary: boolean;
}

/** What may be answered, each with its key. */
function choicesOf(question: Question, marked: number | null): Choice[] {
  const updates = question.candidates.filter((one) => mayUpdate(question, one.number));
  return [
    ...updates.map((candidate) => ({
      key: `update ${candidate.number}`,
      text: `Update ${candidateName(candidate)}`,
      cap: String(candidate.number),
      answer: { kind: "update" as const, candidate: candidate.number },
      primary: candidate.number === marked,
    })),
    ...(["create", "skip"] as const)
      .filter((action) => question.offered.includes(action))
      .map((action) => ({
        key: action,
        text: duplicate_words[action].title,
        cap: action === "create" ? "C" : "X",
        answer: { kind: action },
        primary: updates.length === 0 && action === question.default_action,
      })),
  ];
}

/** The answer so far, in words. */
function answerWords({ answer, candidates }: Question): string {
  if (!answer) return "";
  if (answer.kind !== "update") return duplicate_words[answer.kind].title;
  const candidate = candidates.find((one) => one.number === answer.candidate);
  return candidate ? `Update ${candidateName(candidate)}` : "Update";
}

export function QuestionAnswers({
  question,
  marked,
  alike,
  mayAnswer,
  onAlike,
  onAnswer,
  onTakeBack,
}: {
  question: Question;
  marked: number | null;
  alike: boolean;
  /** Not any more once the run is sent; the answer stays to be seen. */
  mayAnswer: boolean;
  onAlike: (alike: boolean) => void;
  onAnswer: (answer: LineAnswer) => void;
  onTakeBack: () => void;
}) {
  if (!mayAnswer)
    return (
      <div className={styles.answers}>
        <Pill tone="neutral">{question.answer ? `Answered: ${answerWords(question)}` : "Not answered"}</Pill>
      </div>
    );
  return (
    <div className={styles.answers}>
      {question.answer && (
        <span className={styles.given}>
          <Pill tone="accent">Your answer: {answerWords(question)}</Pill>
          <Button
            size="bar"
            look="quiet"
            icon={<Undo2 size={14} strokeWidth={1.75} aria-hidden />}
            aria-keyshortcuts="U"
            onClick={onTakeBack}
          >
            Take back <KeyCap inButton>U</KeyCap>
          </Button>
        </span>
      )}
      {choicesOf(question, marked).map((choice) => (
        <Button
          key={choice.key}
          size="bar"
          look={choice.primary ? "primary" : "neutral"}
          aria-keyshortcuts={choice.cap}
          onClick={() => onAnswer(choice.answer)}
        >
          {choice.text} <KeyCap inButton>{choice.cap}</KeyCap>
        </Button>
      ))}
      {question.alike_questions > 0 && (
        <span className={styles.alike}>
          <Checkbox selected={alike} onChange={onAlike}>
            Same for {count(question.alike_questions)} more like this <KeyCap>A</KeyCap>
          </Checkbox>
        </span>
      )}
    </div>
  );
}
