import { classes } from "../classes";
import type { Column } from "./columns";
import styles from "./StaticTable.module.css";

/** A short table that is only read: all of its rows are in the document. */
export function StaticTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  grouping,
  maxHeight,
}: {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row, index: number) => string | number;
  /** `group` tints a row, `joined` also leaves out the line under it. */
  grouping?: (row: Row, index: number) => "group" | "joined" | null;
  maxHeight?: string;
}) {
  return (
    <div
      className={styles.scroller}
      style={maxHeight ? { maxHeight } : undefined}
      {...(maxHeight ? { role: "group", "aria-label": `${label}, scrolls`, tabIndex: 0 } : {})}
    >
      <table className={styles.table} aria-label={label}>
        <colgroup>
          {columns.map((column) => (
            <col
              key={column.key}
              data-column={column.key}
              style={column.width === "auto" ? undefined : { width: column.width }}
            />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                data-column={column.key}
                scope="col"
                className={classes(column.align === "end" && styles.end)}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const group = grouping?.(row, index);
            return (
              <tr
                key={rowKey(row, index)}
                className={classes(group && styles.group, group === "joined" && styles.joined)}
              >
                {columns.map((column) => (
                  <td
                    key={column.key}
                    data-column={column.key}
                    className={classes(column.align === "end" && styles.end)}
                  >
                    {column.cell(row, index)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
