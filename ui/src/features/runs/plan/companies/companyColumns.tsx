import { count } from "../../../../format";
import type { AccountCandidate, CompanyAnswer, CompanyQuestion, MatchingAccounts } from "../../../../ipc";
import { CellSelect, Pill, TwoLines, type Column } from "../../../../kit";
import { grade_words } from "../../../words";
import styles from "./Companies.module.css";

export const accounts_words: Record<MatchingAccounts, string> = {
  none: "No account",
  one: "One account",
  several: "Several accounts",
};

const where = ({ place, website }: AccountCandidate) => [place, website].filter(Boolean).join(", ");

const keyOf = (answer: CompanyAnswer | null): string =>
  answer === null ? "none" : answer.kind === "associate" ? answer.account_id : answer.kind;

/** What may be answered for one company, as options of its cell. */
function optionsOf(company: CompanyQuestion) {
  return [
    { key: "none", text: "Your answer", note: "Not answered yet; its contacts stay out" },
    ...company.candidates.map((one) => ({
      key: one.account_id,
      text: one.name,
      note: `${grade_words[one.grade].text}: ${one.criterion}. ${where(one)}`,
    })),
    ...(company.cannot_create === null
      ? [{ key: "create", text: "Create account", note: "By the Account mapping" }]
      : []),
    { key: "without_account", text: "No account", note: "The contacts are created without one" },
    { key: "skip", text: "Do not export", note: "Its contacts are left out" },
  ];
}

export function answerOf(company: CompanyQuestion, key: string): CompanyAnswer | null {
  if (key === "none") return null;
  if (key === "create" || key === "without_account" || key === "skip") return { kind: key };
  return company.candidates.some((one) => one.account_id === key)
    ? { kind: "associate", account_id: key }
    : null;
}

/** Company, its contacts, the accounts that it may be, and the answer, which may be changed until the run is sent. */
export const companyColumns = (
  onAnswer: ((company: number, answer: CompanyAnswer | null) => void) | null,
): Column<CompanyQuestion>[] => [
  {
    key: "company",
    header: "Company",
    width: "minmax(9rem, 1.2fr)",
    cell: (company) => (
      <TwoLines first={<strong>{company.name}</strong>} second={company.website || "No website"} />
    ),
  },
  {
    key: "contacts",
    header: "Contacts",
    width: "4.75rem",
    align: "end",
    cell: (company) => count(company.contacts),
  },
  {
    key: "accounts",
    header: "In Salesforce",
    width: "minmax(12rem, 2fr)",
    cell: (company) => {
      const [best] = company.candidates;
      if (!best)
        return (
          <TwoLines
            first="No account"
            second={company.cannot_create ?? "An account would be created by the Account mapping"}
          />
        );
      const more = company.candidates.length - 1;
      return (
        <TwoLines
          first={
            <>
              <Pill tone={grade_words[best.grade].tone}>{grade_words[best.grade].text}</Pill> {best.name}
              {more > 0 && <span className={styles.more}> and {count(more)} more</span>}
            </>
          }
          second={`${best.criterion}. ${where(best)}${best.owner ? `, ${best.owner}` : ""}`}
        />
      );
    },
  },
  {
    key: "answer",
    header: "Answer",
    width: "minmax(10rem, 1.2fr)",
    cell: (company) => {
      const value = keyOf(company.answer);
      const options = optionsOf(company);
      if (!onAnswer)
        return company.answer ? options.find((option) => option.key === value)?.text : "Not answered";
      return (
        <CellSelect
          label={`Account of ${company.name}`}
          value={value}
          options={options}
          onChange={(key) => onAnswer(company.company, answerOf(company, key))}
        />
      );
    },
  },
];
