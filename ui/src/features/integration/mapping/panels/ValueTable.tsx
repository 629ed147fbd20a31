import type { ReactNode, Ref } from "react";
import { count } from "../../../../format";
import { Button, Unseen } from "../../../../kit";
import styles from "./ValueMap.module.css";

/** Lines that are drawn at a time; searching finds the others. */
export const drawn_lines = 200;

/** The head of the values, their lines, and a button for more of them. */
export function ValueTable({
  label,
  removable,
  shown,
  of,
  onMore,
  ref,
  children,
}: {
  label: string;
  /** Whether there is a column for removing. */
  removable: boolean;
  shown: number;
  of: number;
  onMore: () => void;
  ref: Ref<HTMLTableSectionElement>;
  children: ReactNode;
}) {
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Source value</th>
            <th scope="col" className={styles.profiles}>
              Profiles
            </th>
            <th scope="col" className={styles.org}>
              Org value
            </th>
            <th scope="col" className={styles.state}>
              State
            </th>
            {removable && (
              <th scope="col" className={styles.remove}>
                <Unseen>Remove</Unseen>
              </th>
            )}
          </tr>
        </thead>
        <tbody ref={ref}>{children}</tbody>
      </table>
      {of > shown && (
        <div className={styles.more}>
          <Button size="bar" onClick={onMore}>
            {`Show ${count(Math.min(drawn_lines, of - shown))} more of ${count(of - shown)}`}
          </Button>
        </div>
      )}
    </div>
  );
}
