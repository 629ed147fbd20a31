import { CircleAlert, Download } from "lucide-react";
import { useState } from "react";
import { count, counted, rowsRange } from "../../../format";
import { FaultBanner } from "../../../frame";
import { call, toFault, type Fault, type ImportCheck, type RefusedRow } from "../../../ipc";
import { Button, StaticTable, useToast, type Column } from "../../../kit";
import styles from "../Lists.module.css";

const columns: Column<RefusedRow>[] = [
  {
    key: "line",
    header: "Line",
    width: "5.5rem",
    align: "end",
    cell: (row) =>
      row.last_line > row.line ? `${count(row.line)}–${count(row.last_line)}` : count(row.line),
  },
  { key: "column", header: "Column", width: "9rem", cell: (row) => row.column ?? "Row" },
  { key: "value", header: "Value", width: "14rem", cell: (row) => row.value || "(blank)" },
  {
    key: "why",
    header: "Why, and how to fix it",
    width: "auto",
    cell: (row) => (
      <>
        {row.why}
        <span className={styles.fix}>Fix: {row.fix}</span>
      </>
    ),
  },
];

/** The refused rows by line, and all of them as a file to mend. */
export function Refusals({ check }: { check: ImportCheck }) {
  const toast = useToast();
  const [fault, setFault] = useState<Fault | null>(null);
  const save = async () => {
    setFault(null);
    try {
      const saved = await call("lists.save_refusals", { file_id: check.file.file_id });
      if (saved) toast({ text: `Saved ${counted(saved.rows, "row", "rows")} as ${saved.file_name}.` });
    } catch (reason) {
      setFault(toFault(reason));
    }
  };
  return (
    <section className={styles.refusals} aria-label="Refused rows">
      <div className={styles.refusalsHead}>
        <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
        <h3>
          {check.refused_rows === 1 ? "1 row is refused" : `${count(check.refused_rows)} rows are refused`}
        </h3>
        <span>The other rows are imported without them.</span>
        <Button
          size="bar"
          look="quiet"
          icon={<Download size={14} strokeWidth={1.75} aria-hidden />}
          onClick={() => void save()}
        >
          Save refused rows as CSV
        </Button>
      </div>
      {fault && <FaultBanner fault={fault} />}
      <StaticTable
        label="Refused rows by line"
        columns={columns}
        rows={check.refusals}
        rowKey={(row, index) => `${row.line}-${index}`}
        maxHeight="15.5rem"
      />
      <p className={styles.refusalsFoot}>{rowsRange(0, check.refusals.length - 1, check.refused_rows)}</p>
    </section>
  );
}
