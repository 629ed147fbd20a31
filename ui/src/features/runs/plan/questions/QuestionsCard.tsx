import { ChevronDown, ChevronUp } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { count } from "../../../../format";
import { FaultBanner, FaultState } from "../../../../frame";
import type { RunView } from "../../../../ipc";
import {
  Button,
  Card,
  Chip,
  classes,
  EmptyState,
  IconButton,
  Pill,
  Skeleton,
  Unseen,
  useLetterKeys,
} from "../../../../kit";
import { grade_words } from "../../../words";
import { useRecordOpening } from "../../useRecordOpening";
import styles from "./Questions.module.css";
import { QuestionAnswers } from "./QuestionAnswers";
import { QuestionTable } from "./QuestionTable";
import { firstUpdatable, keyAct } from "./questionKeys";
import { useQuestions } from "./useQuestions";

/** “Is this the same person?”, one question at a time, answered by keys while it has the focus. */
export function QuestionsCard({ view }: { view: RunView }) {
  const questions = useQuestions(view.summary.run);
  const { page, question, index, total, waitingOnly } = questions;
  const opening = useRecordOpening(view.summary.run);
  const [letters] = useLetterKeys();
  const [alike, setAlike] = useState(false);
  const [marked, setMarked] = useState<{ line: number; candidate: number } | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const may_answer = view.may.answer;
  const helpId = useId();
  const person = view.summary.object === "account" ? "company" : "person";
  const candidate =
    question && marked?.line === question.line ? marked.candidate : question && firstUpdatable(question);

  const mark = (number: number) => question && setMarked({ line: question.line, candidate: number });
  const give: typeof questions.answer = (answer, to_alike) => {
    questions.answer(answer, to_alike);
    setAlike(false);
    grid.current?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!may_answer || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyAct(event.key, question, candidate ?? null, event.target === grid.current, letters);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act.kind === "answer") give(act.answer, alike);
    else if (act.kind === "step") questions.step(act.by);
    else if (act.kind === "mark") mark(act.candidate);
    else if (act.kind === "alike") setAlike((now) => !now);
    else questions.takeBack();
  };

  if (page.isError)
    return (
      <Card title={`Is this the same ${person}?`}>
        <FaultState
          title="The questions could not be read"
          fault={page.error}
          onRetry={() => void page.refetch()}
        />
      </Card>
    );
  if (!page.data)
    return (
      <Card title={`Is this the same ${person}?`}>
        <Skeleton label="Reading the questions" lines={6} />
      </Card>
    );
  const { total_questions, waiting_questions } = page.data;
  if (total_questions === 0)
    return view.plan.ask_companies > 0 ? null : (
      <Card>
        <EmptyState
          title="No question"
          text={`Every ${person} was recognised for sure, or is new to the org.`}
        />
      </Card>
    );
  return (
    <Card
      title={`Is this the same ${person}?`}
      beside={
        question && (
          <>
            <Pill tone={grade_words[question.grade].tone}>{grade_words[question.grade].text}</Pill>
            <span className={styles.sentence}>{question.sentence}</span>
          </>
        )
      }
      actions={
        <div className={styles.pager}>
          {waiting_questions < total_questions && (
            <>
              <Chip
                selected={waitingOnly}
                count={count(waiting_questions)}
                onSelect={() => questions.show(true)}
              >
                Waiting
              </Chip>
              <Chip
                selected={!waitingOnly}
                count={count(total_questions)}
                onSelect={() => questions.show(false)}
              >
                All
              </Chip>
            </>
          )}
          {total > 0 && (
            <>
              <span className={styles.place}>
                {count(index + 1)} of {count(total)}
              </span>
              <IconButton
                label="Previous question (K)"
                icon={<ChevronUp size={16} strokeWidth={1.75} />}
                aria-disabled={index === 0 || undefined}
                onClick={() => questions.step(-1)}
              />
              <IconButton
                label="Next question (J)"
                icon={<ChevronDown size={16} strokeWidth={1.75} />}
                aria-disabled={index >= total - 1 || undefined}
                onClick={() => questions.step(1)}
              />
            </>
          )}
        </div>
      }
      bare
      ruled
    >
      {questions.fault && <FaultBanner fault={questions.fault} />}
      {opening.fault && <FaultBanner fault={opening.fault} />}
      <div
        ref={grid}
        className={classes(styles.grid, questions.busy && styles.busy)}
        role="group"
        tabIndex={0}
        aria-label={total > 0 ? `Question ${count(index + 1)} of ${count(total)}` : "Questions"}
        aria-describedby={helpId}
        aria-busy={questions.busy || undefined}
        onKeyDown={onKeyDown}
      >
        <span id={helpId} hidden>
          {letters
            ? "J and K move, 1 to 9 update that record, C creates a duplicate, X leaves it out, A answers all alike, U takes back."
            : "Single-letter keys are turned off. Tab goes to the buttons."}
        </span>
        {question ? (
          <>
            <QuestionTable
              question={question}
              marked={candidate ?? null}
              onMark={mark}
              onOpen={(number) => opening.open(question.line, number)}
            />
            <QuestionAnswers
              question={question}
              marked={candidate ?? null}
              alike={alike}
              mayAnswer={may_answer}
              onAlike={setAlike}
              onAnswer={(answer) => give(answer, alike)}
              onTakeBack={questions.takeBack}
            />
          </>
        ) : total === 0 ? (
          <EmptyState
            title="Every question is answered"
            text="The answers count when the run is sent, and can be taken back until then."
            actions={
              <Button size="bar" onClick={() => questions.show(false)}>
                Look at the answers
              </Button>
            }
          />
        ) : (
          <Skeleton label="Reading the question" lines={6} />
        )}
      </div>
      <Unseen live>
        {question && `Question ${count(index + 1)} of ${count(total)}: ${question.name}, ${question.company}`}
      </Unseen>
    </Card>
  );
}
