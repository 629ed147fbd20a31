import { count } from "../../../format";
import type { Reason, RunView } from "../../../ipc";
import { Card, Count, Pill, StaticTable, type Column } from "../../../kit";
import { outcome_words } from "../../words";
import { faultWords } from "./faultWords";
import styles from "./Plan.module.css";

const columns: Column<Reason>[] = [
  {
    key: "why",
    header: "What, and why",
    width: "auto",
    cell: (reason) => (
      <>
        {faultWords(reason)} <code className={styles.code}>{reason.code}</code>
      </>
    ),
  },
  {
    key: "outcome",
    header: "So the record is",
    width: "9rem",
    cell: (reason) => (
      <Pill tone={outcome_words[reason.outcome].tone}>{outcome_words[reason.outcome].text}</Pill>
    ),
  },
  { key: "records", header: "Records", width: "6rem", align: "end", cell: (reason) => count(reason.records) },
];

/** Faults of the plan, counted by field and rule, with refusals by a rule that the plan does not name. */
export function rowFaults({ plan, reasons }: RunView): Reason[] {
  const known = new Set(plan.faults.filter(({ outcome }) => outcome === "refused").map(({ code }) => code));
  return [
    ...plan.faults,
    ...reasons.filter(({ outcome, code }) => outcome === "refused" && !known.has(code)),
  ];
}

/** Values that do not fit their field, and what becomes of the record. */
export function RowFaults({ faults }: { faults: Reason[] }) {
  if (faults.length === 0) return null;
  return (
    <Card
      title="Row faults"
      beside={<Count tone="warning">{count(faults.length)}</Count>}
      note="Values that do not fit, and what follows"
      bare
      ruled
    >
      <StaticTable
        label="Row faults"
        columns={columns}
        rows={faults}
        rowKey={(reason) => reason.outcome + reason.code + reason.sentence}
        maxHeight="14rem"
      />
    </Card>
  );
}
