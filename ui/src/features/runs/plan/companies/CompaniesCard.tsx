import type { KeyboardEvent } from "react";
import { count, counted } from "../../../../format";
import { FaultBanner, FaultState } from "../../../../frame";
import { toFault, type CompanyQuestion, type MatchingAccounts, type RunView } from "../../../../ipc";
import {
  Banner,
  Button,
  Card,
  Chip,
  EmptyState,
  KeyCap,
  NoMatch,
  Select,
  Skeleton,
  useLetterKeys,
  VirtualTable,
} from "../../../../kit";
import styles from "./Companies.module.css";
import { accounts_words, companyColumns } from "./companyColumns";
import { useCompanies, type BulkAnswer } from "./useCompanies";

const answers: { key: string; text: string; answer: BulkAnswer }[] = [
  { key: "B", text: "Best account", answer: { kind: "associate_best" } },
  { key: "C", text: "Create accounts", answer: { kind: "create" } },
  { key: "N", text: "No account", answer: { kind: "without_account" } },
  { key: "X", text: "Do not export", answer: { kind: "skip" } },
];

const any = "any";

/** “Which account?”, one line for every company: asked once for all of its contacts, answered one by one or many at once. */
export function CompaniesCard({ view }: { view: RunView }) {
  const companies = useCompanies(view.summary.run);
  const { window, picking } = companies;
  const [letters] = useLetterKeys();
  const may_answer = view.may.answer;
  const columns = companyColumns(may_answer ? companies.answerOne : null);
  const answer = window.answer;
  const picked = picking.picked.size;

  const onRowKey = (event: KeyboardEvent, company: CompanyQuestion): boolean => {
    if (!letters || !may_answer || event.ctrlKey || event.metaKey || event.altKey) return false;
    const key = event.key.toUpperCase();
    const given = answers.find((one) => one.key === key);
    if (given) companies.answerMany(given.answer, company);
    else if (key === "U") companies.answerMany(null, company);
    else if (/^[1-9]$/.test(key) && picked === 0) {
      const account = company.candidates[Number(key) - 1];
      if (!account) return false;
      companies.answerOne(company.company, { kind: "associate", account_id: account.account_id });
    } else return false;
    return true;
  };
  if (answer?.total_companies === 0) {
    return view.plan.create_account_records > 0 ? null : (
      <Card>
        <EmptyState title="No company to ask about" text="The account of every contact is decided." />
      </Card>
    );
  }
  return (
    <Card
      title="Which account?"
      note={answer && "Asked once for all contacts of a company"}
      actions={
        answer && (
          <div className={styles.filters}>
            <Chip
              selected={companies.waitingOnly}
              count={count(answer.waiting_companies)}
              onSelect={() => companies.setWaitingOnly(true)}
            >
              Waiting
            </Chip>
            <Chip
              selected={!companies.waitingOnly}
              count={count(answer.total_companies)}
              onSelect={() => companies.setWaitingOnly(false)}
            >
              All
            </Chip>
            <Select
              inline
              labelHidden
              label="Matching accounts"
              value={companies.accounts ?? any}
              options={[
                { key: any, text: "Any number" },
                ...Object.entries(accounts_words).map(([key, text]) => ({ key, text })),
              ]}
              onChange={(key) => companies.setAccounts(key === any ? null : (key as MatchingAccounts))}
            />
          </div>
        )
      }
      bare
      ruled
    >
      {companies.fault && <FaultBanner fault={companies.fault} />}
      {window.error && answer && <FaultBanner fault={toFault(window.error)} />}
      {!answer && !window.error && <Skeleton label="Reading the companies" lines={4} />}
      {!answer && window.error && (
        <FaultState
          title="The companies could not be read"
          fault={toFault(window.error)}
          onRetry={window.retry}
        />
      )}
      {answer && answer.matching_companies === 0 && companies.waitingOnly && companies.accounts === null && (
        <EmptyState
          title="Every company is answered"
          text="The answers count when the run is sent, and can be changed until then."
          actions={
            <Button size="bar" onClick={() => companies.setWaitingOnly(false)}>
              Look at the answers
            </Button>
          }
        />
      )}
      {answer &&
        answer.matching_companies === 0 &&
        (!companies.waitingOnly || companies.accounts !== null) && (
          <NoMatch
            title="No company fits these filters"
            text={`${counted(answer.total_companies, "company", "companies")} in all.`}
            onClear={() => {
              companies.setAccounts(null);
              companies.setWaitingOnly(false);
            }}
          />
        )}
      {answer && answer.matching_companies > 0 && (
        <div className={styles.table}>
          <VirtualTable
            label="Companies"
            columns={columns}
            rowCount={answer.matching_companies}
            rowAt={window.rowAt}
            rowHeight={40}
            onVisible={window.onVisible}
            onRowKey={onRowKey}
            selection={may_answer ? picking.port : undefined}
            foot={
              may_answer && (
                <div className={styles.answers}>
                  <span role="status">
                    {picked > 0 ? (
                      <strong>{count(picked)} selected</strong>
                    ) : letters ? (
                      "Space selects. B best account, C create, N no account, X do not export, U take back."
                    ) : (
                      "Space selects companies that get the same answer."
                    )}
                  </span>
                  {picked > 0 &&
                    answers.map((one) => (
                      <Button
                        key={one.key}
                        size="small"
                        aria-keyshortcuts={one.key}
                        busy={companies.busy && one.text}
                        onClick={() => companies.answerMany(one.answer)}
                      >
                        {one.text} <KeyCap inButton>{one.key}</KeyCap>
                      </Button>
                    ))}
                  {picked > 0 && (
                    <Button
                      size="small"
                      look="quiet"
                      aria-keyshortcuts="U"
                      onClick={() => companies.answerMany(null)}
                    >
                      Take back <KeyCap inButton>U</KeyCap>
                    </Button>
                  )}
                </div>
              )
            }
          />
        </div>
      )}
      {picked > 0 && cannotCreate([...picking.picked.values()]) && (
        <Banner tone="info">{cannotCreate([...picking.picked.values()])}</Banner>
      )}
    </Card>
  );
}

/** Why “Create accounts” leaves some of the picked companies as they are; empty when it takes all. */
function cannotCreate(companies: CompanyQuestion[]): string {
  const closed = companies.filter((one) => one.cannot_create !== null);
  return closed.length === 0
    ? ""
    : `The account of ${counted(closed.length, "selected company", "selected companies")} cannot be created: ${closed[0]?.cannot_create ?? ""}`;
}
