import { CircleAlert, CircleCheck, CircleHelp, Lock, Scissors, TriangleAlert, type LucideIcon } from "lucide-react";
import { createElement } from "react";
import type { FieldVerdict, TestedField } from "../../../../ipc";
import { StaticTable, TextButton, TwoLines, Unseen, type Column } from "../../../../kit";
import type { DraftRow } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import styles from "./Test.module.css";
import { placeNow, verdict_words } from "./testWords";

const icons: Record<FieldVerdict, LucideIcon> = {
  written: CircleCheck,
  changed: TriangleAlert,
  truncated: Scissors,
  refused: CircleAlert,
  not_read: CircleHelp,
};

/** What each field was sent and became, in the order of the rows. */
export function TestedRows({
  draft,
  fields,
  sent,
}: {
  draft: MappingDraft;
  fields: TestedField[];
  sent: DraftRow[];
}) {
  const columns: Column<TestedField>[] = [
    {
      key: "row",
      header: "Row",
      width: "5rem",
      cell: (field) => <RowCell draft={draft} field={field} sent={sent} />,
    },
    {
      key: "target",
      header: "Salesforce field",
      width: "auto",
      cell: (field) => <TwoLines first={field.target_label} second={<code>{field.target}</code>} />,
    },
    { key: "source", header: "Source", width: "auto", cell: (field) => field.source },
    { key: "sent", header: "Sent", width: "auto", cell: (field) => <Value text={field.sent} /> },
    {
      key: "read_back",
      header: "Read back",
      width: "auto",
      cell: (field) =>
        field.verdict === "refused" || field.verdict === "not_read" ? (
          <>
            <span aria-hidden>—</span>
            <Unseen>not read</Unseen>
          </>
        ) : (
          <Value text={field.read_back} />
        ),
    },
    { key: "verdict", header: "Verdict", width: "auto", cell: (field) => <Verdict field={field} /> },
  ];
  return (
    <StaticTable
      label="Tested fields"
      columns={columns}
      rows={fields}
      rowKey={(field, index) => `${index} ${field.target}`}
    />
  );
}

function RowCell({ draft, field, sent }: { draft: MappingDraft; field: TestedField; sent: DraftRow[] }) {
  if (field.row === null) {
    // The only field that neither a row nor the native app gives is the account that a contact's test makes.
    return field.target === "AccountId" ? (
      <span className={styles.quiet}>Test’s own</span>
    ) : (
      <span className={styles.locked} title="Set by the native app">
        <Lock size={12} strokeWidth={1.75} aria-hidden />
        Locked
      </span>
    );
  }
  const place = placeNow(draft.rows, sent, field.row, [field.target]);
  return place === null ? (
    <span className={styles.quiet}>{field.row}, deleted since</span>
  ) : (
    <TextButton aria-label={`Show row ${place}: ${field.target_label}`} onClick={() => draft.showRow(place)}>
      Row {place}
    </TextButton>
  );
}

const Value = ({ text }: { text: string }) =>
  text === "" ? <span className={styles.quiet}>(blank)</span> : <span className={styles.value}>{text}</span>;

function Verdict({ field }: { field: TestedField }) {
  return (
    <span className={styles.verdict} data-verdict={field.verdict}>
      {createElement(icons[field.verdict], { size: 14, strokeWidth: 1.75, "aria-hidden": true })}
      <span>
        <strong>{verdict_words[field.verdict]}</strong>
        {field.sentence && <span> {field.sentence}</span>}
      </span>
    </span>
  );
}
