import { classes, Unseen } from "../../../../kit";
import styles from "./Table.module.css";

const columns = ["Source", "Sample value", "Salesforce field", "On update", "Result for sample"];

/** The header of the mapping table. */
export function TableHead() {
  return (
    <div className={styles.head} role="rowgroup">
      <div role="row" className={styles.row}>
        <div role="columnheader" className={styles.order}>
          <Unseen>Order</Unseen>
        </div>
        {columns.map((title) => (
          <div
            key={title}
            role="columnheader"
            className={classes(styles.cell, styles.padded, title === "Sample value" && styles.sample)}
          >
            {title}
          </div>
        ))}
        <div role="columnheader" className={styles.marks}>
          <Unseen>Verdict and row buttons</Unseen>
        </div>
      </div>
    </div>
  );
}
