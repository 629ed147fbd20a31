import { classes } from "../classes";
import type { RowSelectionPort } from "./columns";
import styles from "./VirtualTable.module.css";

interface Place {
  "data-cell": string;
  tabIndex: number;
  onFocus: () => void;
}

/** The checkbox of one row. Shift and a click selects everything since the last one. */
export function SelectCell({
  place,
  name,
  selected,
  onToggle,
}: {
  place: Place;
  name: string;
  selected: boolean;
  onToggle: (extend: boolean) => void;
}) {
  return (
    <div {...place} className={classes(styles.cell, styles.check)} role="gridcell" aria-colindex={1}>
      <label>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ${name}`}
          checked={selected}
          onChange={(event) => onToggle((event.nativeEvent as MouseEvent).shiftKey)}
        />
      </label>
    </div>
  );
}

/** The checkbox in the header: the whole filtered set, also what was never scrolled to. */
export function SelectAllCell<Row>({ place, selection }: { place: Place; selection: RowSelectionPort<Row> }) {
  return (
    <div {...place} className={classes(styles.cell, styles.check)} role="columnheader" aria-colindex={1}>
      <label>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={selection.extent === "all" ? "Select none" : "Select all rows"}
          checked={selection.extent === "all"}
          ref={(box) => {
            if (box) box.indeterminate = selection.extent === "some";
          }}
          onChange={() => selection.toggleAll()}
        />
      </label>
    </div>
  );
}
