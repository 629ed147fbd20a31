import type { NoAccount, OneAccount, SeveralAccounts } from "../../../ipc";
import { Banner, Button, Card, Select } from "../../../kit";
import type { RulesDraft } from "./draft";
import styles from "./Export.module.css";

const none_texts: Record<NoAccount, string> = {
  manual: "Manual: confirm the creation",
  create: "Create the account",
  without_account: "Create the contact without an account",
  skip: "Do not export the contact",
};

const one_texts: Record<OneAccount, string> = {
  manual: "Manual: confirm the association",
  associate: "Put the contact into it",
  skip: "Do not export the contact",
};

const several_texts: Record<SeveralAccounts, string> = {
  manual: "Manual: choose the account",
  best_match: "Take the best: by grade, then changed last",
  skip: "Do not export the contact",
};

const options = <Key extends string>(texts: Record<Key, string>) =>
  (Object.entries(texts) as [Key, string][]).map(([key, text]) => ({ key, text }));

/** Which account a contact gets: by how many match its company. */
export function AssociationCard({
  rules,
  lockedBy,
  onChange,
}: {
  rules: RulesDraft;
  lockedBy: string | undefined;
  onChange: (edit: Partial<RulesDraft>) => void;
}) {
  const manual =
    rules.no_account === "manual" && rules.one_account === "manual" && rules.several_accounts === "manual";
  return (
    <Card title="Accounts of contacts">
      <div className={styles.stack}>
        <Select
          label="No account matches the company"
          value={rules.no_account}
          lockedBy={lockedBy}
          options={options(none_texts)}
          onChange={(no_account) => onChange({ no_account })}
        />
        <Select
          label="Exactly one account matches"
          value={rules.one_account}
          lockedBy={lockedBy}
          options={options(one_texts)}
          onChange={(one_account) => onChange({ one_account })}
        />
        <Select
          label="Several accounts match"
          value={rules.several_accounts}
          lockedBy={lockedBy}
          options={options(several_texts)}
          onChange={(several_accounts) => onChange({ several_accounts })}
        />
        <p className={styles.soft}>
          Manual asks in the plan, once for each company and not for each of its contacts.
        </p>
        {!manual && (
          <div className={styles.advice}>
            <Banner tone="info">
              Manual is recommended for exports of 26 contacts or more: a wrong account is wrong for every
              contact of the company, and nobody looks at each one.
            </Banner>
            {lockedBy === undefined && (
              <Button
                size="small"
                onClick={() =>
                  onChange({ no_account: "manual", one_account: "manual", several_accounts: "manual" })
                }
              >
                Make all three manual
              </Button>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}
