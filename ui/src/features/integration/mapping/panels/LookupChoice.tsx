import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { FaultBanner } from "../../../../frame";
import { query, type Fault, type Lookup, type LookupFields } from "../../../../ipc";
import { Combobox, FieldError, RadioCards, Skeleton, TextButton, TwoLines } from "../../../../kit";
import styles from "./RowSettings.module.css";

const by_id = "\u0000id";

/** What the value of a lookup is: a record id, or what another object has in an external id field. */
export function LookupChoice({
  objects,
  value,
  error,
  onChange,
}: {
  objects: string[];
  /** The field is empty while none is chosen. */
  value: Lookup | null;
  error: string | null;
  onChange: (lookup: Lookup | null) => void;
}) {
  const offered = value && !objects.includes(value.object) ? [...objects, value.object] : objects;
  return (
    <div className={styles.setting}>
      <RadioCards
        label="Find the record by"
        value={value?.object ?? by_id}
        choices={[
          { key: by_id, title: "Record id", text: "The value is the Salesforce id of the record." },
          ...offered.map((object) => ({
            key: object,
            title: `External id of ${object}`,
            text: `The value is looked up in a field of ${object}.`,
          })),
        ]}
        onChange={(key) => onChange(key === by_id ? null : { object: key, field: "" })}
      />
      {value && <LookupField key={value.object} lookup={value} error={error} onChange={onChange} />}
    </div>
  );
}

function LookupField({
  lookup,
  error,
  onChange,
}: {
  lookup: Lookup;
  error: string | null;
  onChange: (lookup: Lookup) => void;
}) {
  const error_id = useId();
  const asked = useQuery<LookupFields, Fault>(query("mapping.lookup_fields", { object: lookup.object }));
  if (asked.isPending) return <Skeleton label={`Reading the fields of ${lookup.object}`} lines={1} />;
  if (asked.isError) {
    return (
      <FaultBanner
        fault={asked.error}
        action={<TextButton onClick={() => void asked.refetch()}>Try again</TextButton>}
      />
    );
  }
  const { label, fields } = asked.data;
  const chosen = fields.find((field) => field.name === lookup.field);
  if (fields.length === 0 && lookup.field === "") {
    return (
      <p className={styles.hint} role="status">
        {label} (<code>{lookup.object}</code>) has no external id field that the connected user may see. Make one in
        Setup, or use the record id.
      </p>
    );
  }
  const gone = lookup.field !== "" && !chosen;
  const sentence =
    error ??
    (gone ? `${label} has no external id field ${lookup.field}. Choose another, or use the record id.` : null);
  return (
    <div className={styles.named}>
      <span className={styles.label} aria-hidden>
        External id field of {label} (<code>{lookup.object}</code>)
      </span>
      <Combobox
        label={`External id field of ${label}: ${chosen?.label ?? (lookup.field || "none")}`}
        groups={() => [
          {
            label: `Fields of ${label}`,
            options: fields.map((field) => ({ key: field.name, label: field.label, code: field.name })),
          },
        ]}
        value={lookup.field || null}
        noun="fields"
        placeholder="Choose a field"
        invalid={sentence !== null}
        describedBy={sentence === null ? undefined : error_id}
        onChoose={(field) => onChange({ object: lookup.object, field })}
      >
        {lookup.field && (
          <TwoLines first={chosen?.label ?? lookup.field} second={<code>{lookup.field}</code>} />
        )}
      </Combobox>
      {sentence && <FieldError id={error_id}>{sentence}</FieldError>}
    </div>
  );
}
