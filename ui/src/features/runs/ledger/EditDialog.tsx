import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { FaultBanner, FaultState } from "../../../frame";
import { query, type EditableField, type Fault, type LedgerLine, type LineDetail } from "../../../ipc";
import {
  Banner,
  Button,
  classes,
  Combobox,
  Dialog,
  Field,
  FieldError,
  Labelled,
  Skeleton,
  Unseen,
} from "../../../kit";
import styles from "./Ledger.module.css";
import { isAtFault } from "./ledgerColumns";

/** Values by target field, as they are to be sent. */
export type Edits = Record<string, string>;

/** Fields that the error names come first. */
const inOrder = (fields: EditableField[]) => [
  ...fields.filter((field) => field.at_fault),
  ...fields.filter((field) => !field.at_fault),
];

/** Types other values for one record that failed, to be sent again now or with others. */
export function EditDialog({
  run,
  line,
  edits,
  retrying,
  fault,
  duplicates,
  onKeep,
  onRetry,
  onClose,
}: {
  run: number;
  line: LedgerLine;
  /** What was typed before and not sent. */
  edits: Edits | undefined;
  retrying: boolean;
  fault: Fault | null;
  /** Chooses what happens to duplicates among what is sent again. */
  duplicates: ReactNode;
  onKeep: (edits: Edits) => void;
  onRetry: (edits: Edits) => void;
  onClose: () => void;
}) {
  const detail = useQuery<LineDetail, Fault>({ ...query("runs.line", { run, line: line.line }), gcTime: 0 });
  const [typed, setTyped] = useState<Edits>(edits ?? {});
  const editable = detail.data?.editable ?? [];
  const changed = Object.fromEntries(
    editable.flatMap(({ target, value }) => {
      const now = typed[target];
      return now === undefined || now === value ? [] : [[target, now]];
    }),
  );
  return (
    <Dialog
      title={`Edit and retry ${line.name}`}
      subtitle={`Row ${line.line} of run ${run}${line.company ? `, ${line.company}` : ""}`}
      width="regular"
      note="A new run is planned; nothing is sent yet."
      onClose={onClose}
      buttons={
        <>
          <Button
            offReason={detail.data ? null : "It is being read."}
            reasonPlace="elsewhere"
            onClick={() => onKeep(changed)}
          >
            Keep for later
          </Button>
          <Button
            look="primary"
            busy={retrying && "Planning…"}
            offReason={detail.data ? null : "It is being read."}
            reasonPlace="elsewhere"
            onClick={() => onRetry(changed)}
          >
            Retry this record
          </Button>
        </>
      }
    >
      {fault && <FaultBanner fault={fault} />}
      {line.error && (
        <Banner tone={isAtFault(line) ? "danger" : "info"} detail={line.error_code}>
          {line.error}
        </Banner>
      )}
      {detail.data && duplicates}
      {detail.isPending && <Skeleton label="Reading the record" lines={5} />}
      {detail.isError && (
        <FaultState
          title="The record could not be read"
          fault={detail.error}
          onRetry={() => void detail.refetch()}
        />
      )}
      {detail.data && editable.length === 0 && <p>No field of this record can be edited.</p>}
      {inOrder(editable).map((field) => (
        <EditedField
          key={field.target}
          field={field}
          value={typed[field.target] ?? field.value}
          onChange={(value) => setTyped((now) => ({ ...now, [field.target]: value }))}
        />
      ))}
    </Dialog>
  );
}

const named = "The error names this field.";

function EditedField({
  field,
  value,
  onChange,
}: {
  field: EditableField;
  value: string;
  onChange: (value: string) => void;
}) {
  const mark = field.at_fault && value === field.value;
  return (
    <div className={classes(styles.editable, mark && styles.atFault)}>
      {field.choices.length > 0 ? (
        <Labelled label={field.label}>
          <Combobox
            label={`${field.label}, ${value || "blank"}`}
            groups={() => [
              {
                label: `Values of ${field.label}`,
                options: ["", ...field.choices].map((choice) => ({
                  key: choice,
                  label: choice || "(blank: leave the field out)",
                })),
              },
            ]}
            value={value}
            noun="values"
            placeholder="(blank)"
            invalid={mark}
            onChoose={onChange}
          >
            {value}
          </Combobox>
        </Labelled>
      ) : (
        <Field label={field.label} value={value} error={mark ? named : null} onChange={onChange} />
      )}
      {field.choices.length > 0 && mark && <FieldError>{named}</FieldError>}
      <p className={styles.under}>
        <code>{field.target}</code>
        {value !== field.value && (
          <span>
            was <s>{field.value || "(blank)"}</s>
            <Unseen>, edited</Unseen>
          </span>
        )}
      </p>
    </div>
  );
}
