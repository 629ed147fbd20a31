import type { OnUpdate } from "../../../../ipc";
import { CellSelect } from "../../../../kit";
import { setOnUpdate } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { targetName, type Names, type RowLine } from "./lines";
import styles from "./Table.module.css";

const choices = [
  { key: "fill_if_blank", text: "Fill if blank", note: "Only where the record has no value" },
  { key: "overwrite", text: "Overwrite", note: "Always" },
  { key: "never", text: "Never", note: "Only on new records" },
] as const;

/** What an update does with a value that the record already has. The rows of one target do the same. */
export function UpdateCell({
  line,
  draft,
  names,
  locked,
}: {
  line: RowLine;
  draft: () => MappingDraft;
  names: Names;
  locked: boolean;
}) {
  const { row, key, number } = line;
  if (row.target === "") return null;
  if (line.as_first) return <span className={styles.asFirst}>As row {line.first}</span>;
  if (locked) return <span className={styles.asFirst}>{choices.find((one) => one.key === row.on_update)?.text}</span>;
  return (
    <CellSelect<OnUpdate>
      label={`On update of row ${number}`}
      value={row.on_update}
      options={choices}
      onChange={(choice) =>
        draft().edit(`${targetName(row, names) || `Row ${number}`} on update`, (rows) =>
          setOnUpdate(rows, key, choice),
        )
      }
    />
  );
}
