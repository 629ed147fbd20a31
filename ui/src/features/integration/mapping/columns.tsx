import {
  Calendar,
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Hash,
  Key,
  Link,
  Lock,
  ListFilter,
  Mail,
  MapPin,
  Phone,
  ToggleLeft,
  TriangleAlert,
  Type,
  type LucideIcon,
} from "lucide-react";
import { createElement } from "react";
import type { MappingRowView, OnUpdate, Verdict } from "../../../ipc";
import { classes, TwoLines, type Column } from "../../../kit";
import styles from "./Mapping.module.css";

const type_icons: Record<string, LucideIcon> = {
  phone: Phone,
  email: Mail,
  url: Link,
  picklist: ListFilter,
  multipicklist: ListFilter,
  int: Hash,
  double: Hash,
  currency: Hash,
  percent: Hash,
  date: Calendar,
  datetime: Calendar,
  boolean: ToggleLeft,
  address: MapPin,
  reference: Key,
  id: Key,
};

const on_update_words: Record<OnUpdate, string> = {
  fill_if_blank: "Fill if blank",
  overwrite: "Overwrite",
  never: "Never",
};

const verdicts: Record<Verdict, { Icon: LucideIcon; text: string; className: string | undefined }> = {
  ready: { Icon: CircleCheck, text: "Ready", className: styles.ready },
  warning: { Icon: TriangleAlert, text: "To check", className: styles.warning },
  error: { Icon: CircleAlert, text: "Error", className: styles.error },
  locked: { Icon: Lock, text: "Locked", className: styles.unknown },
  unknown: { Icon: CircleHelp, text: "Unknown", className: styles.unknown },
};

const target = (row: MappingRowView) => (
  <span className={styles.target}>
    <span className={styles.typeTile} aria-hidden>
      {createElement(type_icons[row.target_kind ?? ""] ?? Type, { size: 14, strokeWidth: 1.75 })}
    </span>
    <TwoLines
      first={
        <>
          {row.required && (
            <span className={styles.star} title="Salesforce requires it">
              *{" "}
            </span>
          )}
          {row.target_label}
        </>
      }
      second={
        <>
          <code>{row.target_name}</code>
          {row.target_type && ` · ${row.target_type}`}
        </>
      }
    />
  </span>
);

const verdict = (row: MappingRowView) => {
  const { Icon, text, className } = verdicts[row.verdict];
  return (
    <span className={classes(styles.verdict, className)} role="img" aria-label={text} title={text}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
    </span>
  );
};

/** What is written, and under it why: the verdict's sentence where the row is not simply ready. */
const result = (row: MappingRowView) => {
  const first = row.result || <span className={styles.blank}>Not written</span>;
  if (row.verdict === "ready" || row.verdict_sentence === "") {
    return (
      <span title={[row.result, row.result_note].filter(Boolean).join(" · ")}>
        <TwoLines first={first} second={row.result_note || row.block || ""} />
      </span>
    );
  }
  return (
    <>
      {first}
      <span className={classes(styles.sentence, row.verdict === "error" && styles.sentenceError)}>
        {row.verdict_sentence}
      </span>
    </>
  );
};

export const mapping_columns: Column<MappingRowView>[] = [
  {
    key: "order",
    header: "Order",
    width: "3.75rem",
    cell: (row) =>
      row.hierarchy && (
        <span
          className={classes(styles.order, row.hierarchy.in_use && styles.inUse)}
          role="img"
          aria-label={`${row.hierarchy.position} of ${row.hierarchy.of}${row.hierarchy.in_use ? ", in use" : ""}`}
        >
          {row.hierarchy.position}
        </span>
      ),
  },
  {
    key: "source",
    header: "Source",
    width: "12rem",
    cell: (row) => <TwoLines first={row.source} second={row.source_kind} />,
  },
  {
    key: "sample",
    header: "Sample value",
    width: "11rem",
    cell: (row) =>
      row.sample_value ? (
        <span className={styles.clamp} title={row.sample_value}>
          {row.sample_value}
        </span>
      ) : (
        <span className={styles.blank}>(blank)</span>
      ),
  },
  { key: "target", header: "Salesforce field", width: "auto", cell: target },
  {
    key: "update",
    header: "On update",
    width: "6.5rem",
    cell: (row) => <span className={styles.update}>{on_update_words[row.on_update]}</span>,
  },
  {
    key: "result",
    header: "Result for sample",
    width: "15rem",
    cell: (row) => (
      <>
        {result(row)}
        <span className={styles.sampleBelow}>Sample: {row.sample_value || "(blank)"}</span>
      </>
    ),
  },
  { key: "verdict", header: "Verdict", width: "4rem", cell: verdict },
];
