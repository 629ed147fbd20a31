import { Equal } from "lucide-react";
import { count, dayOf } from "../../../../format";
import type { Candidate, Question } from "../../../../ipc";
import { classes, Pill, TextButton, Unseen } from "../../../../kit";
import { grade_words, target_words } from "../../../words";
import styles from "./Questions.module.css";

/** A record of the org by its number, or an earlier row of the same run. */
export const candidateName = ({ object, number, other_line }: Candidate): string =>
  other_line === null ? `${target_words[object].one} ${number}` : `Row ${count(other_line)} of this run`;

/** The profile and the records that it may be, side by side; “=” where they agree. */
export function QuestionTable({
  question,
  marked,
  onMark,
  onOpen,
}: {
  question: Question;
  marked: number | null;
  onMark: (candidate: number) => void;
  /** Opens a candidate in Salesforce. */
  onOpen: (candidate: number) => void;
}) {
  const { candidates } = question;
  const of = (candidate: Candidate) =>
    classes(styles.candidate, candidate.number === marked && styles.marked);
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label={`${question.name} and the records that it may be`}>
        <thead>
          <tr>
            <th scope="col">
              <Unseen>Field</Unseen>
            </th>
            <th scope="col">
              ZoomInfo profile{" "}
              {question.zoominfo_id && <code className={styles.id}>{question.zoominfo_id}</code>}
            </th>
            {candidates.map((candidate) => (
              <th key={candidate.number} scope="col" className={of(candidate)}>
                <button
                  type="button"
                  className={styles.mark}
                  tabIndex={-1}
                  aria-pressed={candidate.number === marked}
                  aria-label={`Mark ${candidateName(candidate)}`}
                  onClick={() => onMark(candidate.number)}
                >
                  <span className={styles.radio} aria-hidden />
                </button>
                {candidateName(candidate)}{" "}
                {candidate.salesforce_id !== "" && (
                  <TextButton
                    aria-label={`Open ${candidateName(candidate)} in Salesforce, ${candidate.salesforce_id}`}
                    onClick={() => onOpen(candidate.number)}
                  >
                    <code>{candidate.salesforce_id}</code>
                  </TextButton>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {question.profile.map((field, row) => (
            <tr key={field.label}>
              <th scope="row">{field.label}</th>
              <td>{field.value || <span className={styles.blank}>(blank)</span>}</td>
              {candidates.map((candidate) => {
                const value = candidate.values[row];
                return (
                  <td key={candidate.number} className={of(candidate)}>
                    {value?.agrees && (
                      <>
                        <Equal size={12} strokeWidth={2.25} className={styles.agrees} aria-hidden />
                        <Unseen>agrees:</Unseen>
                      </>
                    )}
                    {value?.value || <span className={styles.blank}>(blank)</span>}
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <th scope="row">Owner, changed</th>
            <td>—</td>
            {candidates.map((candidate) => (
              <td key={candidate.number} className={of(candidate)}>
                {candidate.other_line === null ? `${candidate.owner}, ${dayOf(candidate.modified_at)}` : "—"}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">Match</th>
            <td>—</td>
            {candidates.map((candidate) => (
              <td key={candidate.number} className={of(candidate)}>
                <Pill tone={grade_words[candidate.grade].tone}>{grade_words[candidate.grade].text}</Pill>{" "}
                {candidate.criterion}
                {!candidate.may_be_updated && (
                  <span className={styles.closed}>
                    {candidate.other_line === null
                      ? `A ${target_words[candidate.object].one}: this run cannot update it.`
                      : "It is exported by this run."}
                  </span>
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
