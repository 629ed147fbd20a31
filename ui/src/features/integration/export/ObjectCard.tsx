import { Building2, Contact, Target as TargetIcon } from "lucide-react";
import { createElement } from "react";
import type { DuplicateChecking, DuplicateSettings, Target } from "../../../ipc";
import { Checkbox, Field, FieldError, IconTile, RadioCards, Select, Switch } from "../../../kit";
import { duplicate_actions, duplicate_words, target_words } from "../../words";
import { changedParts, offers, withOffer, type ObjectDraft } from "./draft";
import styles from "./Export.module.css";
import type { ExportDraft } from "./useExportDraft";

const icons = { account: Building2, contact: Contact, lead: TargetIcon };

const texts: Record<Target, string> = {
  account: "Companies become Accounts.",
  contact: "People become Contacts.",
  lead: "People become Leads.",
};

/** What standard checking compares, in the order of its criteria. */
const criteria: Record<Target, string> = {
  account: "ZoomInfo id, website, name with place or phone, then name alone. Graded exact, likely, possible.",
  contact:
    "ZoomInfo id, email, name in the account, name with phone or company. Graded exact, likely, possible.",
  lead: "ZoomInfo id, email, name with company or phone. Graded exact, likely, possible.",
};

/** One object: may it be exported, how much, and what happens to what the org has already. */
export function ObjectCard({
  line,
  draft,
  lockedBy,
}: {
  line: ObjectDraft;
  draft: ExportDraft;
  lockedBy: string | undefined;
}) {
  const { object } = line;
  const { many } = target_words[object];
  const changed = changedParts(
    line,
    draft.saved?.objects.find((one) => one.object === object),
  );
  return (
    <section
      className={styles.object}
      aria-label={many}
      data-changed={changed.allowed || changed.limit || changed.duplicates || undefined}
    >
      <div className={styles.head}>
        <IconTile>{createElement(icons[object], { size: 16, strokeWidth: 1.75 })}</IconTile>
        <div className={styles.words}>
          <h2>{many}</h2>
          <p>{texts[object]}</p>
        </div>
        <Switch
          label={`${many} may be exported`}
          on={line.allowed}
          offReason={lockedBy}
          onChange={(allowed) => draft.editObject(object, { allowed })}
        />
        <Field
          className={styles.limit ?? ""}
          label={`${many} at most at one time`}
          required
          kind="number"
          value={line.limit}
          error={draft.errorAt(`${object}.limit`)}
          lockedBy={lockedBy}
          hint="1 to 100,000. 26 or more go by Bulk API 2.0."
          onChange={(limit) => draft.editObject(object, { limit })}
          onBlur={() => draft.leave(`${object}.limit`)}
        />
      </div>
      <Duplicates
        object={object}
        duplicates={line.duplicates}
        error={draft.errorAt(`${object}.offered`)}
        lockedBy={lockedBy}
        onChange={(duplicates) => {
          draft.editObject(object, { duplicates });
          draft.leave(`${object}.offered`);
        }}
      />
    </section>
  );
}

function Duplicates({
  object,
  duplicates,
  error,
  lockedBy,
  onChange,
}: {
  object: Target;
  duplicates: DuplicateSettings;
  error: string | null;
  lockedBy: string | undefined;
  onChange: (duplicates: DuplicateSettings) => void;
}) {
  const locked = lockedBy !== undefined;
  const offered = duplicate_actions.filter((action) => offers(duplicates, action));
  const { many } = target_words[object];
  return (
    <div className={styles.duplicates}>
      <RadioCards<DuplicateChecking>
        label={`Who looks for duplicate ${many.toLowerCase()}`}
        value={duplicates.checking}
        locked={locked}
        onChange={(checking) => onChange({ ...duplicates, checking })}
        choices={[
          { key: "standard", title: "Standard checking", text: criteria[object] },
          {
            key: "org_rules",
            title: "The org’s duplicate rules",
            text: "What the org’s active rules find counts, and nothing else: they replace the standard criteria entirely.",
          },
        ]}
      />
      <div className={styles.actions}>
        <fieldset className={styles.offered} data-invalid={error ? "" : undefined}>
          <legend>Operators may choose</legend>
          {duplicate_actions.map((action) => (
            <Checkbox
              key={action}
              selected={offers(duplicates, action)}
              locked={locked}
              onChange={(on) => onChange(withOffer(duplicates, action, on))}
            >
              {duplicate_words[action].title}
            </Checkbox>
          ))}
          {error && <FieldError>{error}</FieldError>}
        </fieldset>
        <div className={styles.standard}>
          <Select
            label={`By default, for ${many.toLowerCase()}`}
            value={duplicates.default_action}
            lockedBy={lockedBy}
            options={(offered.length > 0 ? offered : [duplicates.default_action]).map((action) => ({
              key: action,
              text: duplicate_words[action].title,
            }))}
            onChange={(default_action) => onChange({ ...duplicates, default_action })}
          />
          <Checkbox
            selected={duplicates.unsure_follow_default}
            locked={locked}
            onChange={(unsure_follow_default) => onChange({ ...duplicates, unsure_follow_default })}
          >
            Likely and possible matches follow it without a question
          </Checkbox>
        </div>
      </div>
    </div>
  );
}
