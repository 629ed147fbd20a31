import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { rowsRange } from "../../format";
import { classes } from "../classes";
import type { Column, RowSelectionPort } from "./columns";
import { SelectAllCell, SelectCell } from "./SelectCell";
import { useGridKeys } from "./useGridKeys";
import styles from "./VirtualTable.module.css";

const rootScale = () => (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16;

/** The width under which the table scrolls sideways: the least of each track, so that header and rows agree. */
function leastWidthOf(template: string): string {
  const tracks = template.split(/ (?![^(]*\))/).map((track) => parseFloat(track.replace("minmax(", "")));
  return `${tracks.reduce((sum, width) => sum + (Number.isNaN(width) ? 0 : width), 0)}rem`;
}

export interface VirtualTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rowCount: number;
  /** A row, or `undefined` while it is being read. */
  rowAt: (index: number) => Row | undefined;
  /** Height in CSS pixels at 100 %: 32 for one line, 36 for two. */
  rowHeight?: number;
  onVisible?: (first: number, last: number) => void;
  onOpen?: (row: Row) => void;
  /** Takes a key for the row of the focused cell, before the table does; true when it was meant for the row. */
  onRowKey?: (event: KeyboardEvent, row: Row) => boolean;
  selection?: RowSelectionPort<Row> | undefined;
  foot?: ReactNode;
}

/** A grid of any length: only the rows in sight are in the document. */
export function VirtualTable<Row>({
  label,
  columns,
  rowCount,
  rowAt,
  rowHeight = 36,
  onVisible,
  onOpen,
  onRowKey,
  selection,
  foot,
}: VirtualTableProps<Row>) {
  const grid = useRef<HTMLDivElement>(null);
  const activeRow = useRef(0);
  const height = Math.round(rowHeight * rootScale());
  const headHeight = Math.round(28 * rootScale());
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => grid.current,
    estimateSize: () => height,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    // The cell that holds the focus stays in the document, however far away one scrolls.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      const kept = activeRow.current;
      return kept < 0 || kept >= rowCount || rows.includes(kept)
        ? rows
        : [...rows, kept].sort((a, b) => a - b);
    },
  });
  const pageRows = useCallback(
    () => Math.max(1, Math.floor(((grid.current?.clientHeight ?? 0) - headHeight) / height) - 1),
    [headHeight, height],
  );
  const scrollToRow = useCallback((row: number) => virtualizer.scrollToIndex(row), [virtualizer]);
  const openRow = useCallback(
    (index: number) => {
      const row = rowAt(index);
      if (row !== undefined) onOpen?.(row);
    },
    [onOpen, rowAt],
  );
  const shift = selection ? 1 : 0;
  const keys = useGridKeys({
    grid,
    rowCount,
    columnCount: columns.length + shift,
    pageRows,
    scrollToRow,
    selection,
    onOpen: onOpen && openRow,
  });
  const active =
    keys.active.row >= rowCount ? { ...keys.active, row: Math.max(0, rowCount - 1) } : keys.active;
  activeRow.current = active.row;

  const first = Math.min(virtualizer.range?.startIndex ?? 0, Math.max(0, rowCount - 1));
  const last = Math.min(virtualizer.range?.endIndex ?? 0, Math.max(0, rowCount - 1));
  useEffect(() => onVisible?.(first, last), [first, last, onVisible]);

  const template = useMemo(
    () => [...(selection ? ["2.5rem"] : []), ...columns.map((column) => column.width)].join(" "),
    [columns, selection],
  );
  const leastWidth = useMemo(() => leastWidthOf(template), [template]);
  const cell = (row: number, column: number) => ({
    "data-cell": `${row}:${column}`,
    tabIndex: active.row === row && active.column === column ? 0 : -1,
    onFocus: () => {
      if (active.row !== row || active.column !== column) keys.setActive({ row, column });
    },
  });

  return (
    <div className={styles.frame}>
      <div
        ref={grid}
        className={styles.grid}
        role="grid"
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + shift}
        aria-multiselectable={selection ? true : undefined}
        style={{ "--columns": template, "--least-width": leastWidth } as CSSProperties}
        onKeyDown={(event) => {
          // What opens above the table, such as a cell's options, tells of its keys here too.
          if (!event.currentTarget.contains(event.target as Node)) return;
          const row = active.row >= 0 ? rowAt(active.row) : undefined;
          if (row !== undefined && onRowKey?.(event, row)) event.preventDefault();
          else keys.onKeyDown(event);
        }}
      >
        <div className={styles.head} role="rowgroup">
          <div className={styles.row} role="row" aria-rowindex={1} style={{ height: headHeight }}>
            {selection && <SelectAllCell place={cell(-1, 0)} selection={selection} />}
            {columns.map((column, index) => (
              <div
                key={column.key}
                {...cell(-1, index + shift)}
                className={classes(styles.cell, column.align === "end" && styles.end)}
                role="columnheader"
                aria-colindex={index + shift + 1}
              >
                <span className={styles.content}>{column.header}</span>
              </div>
            ))}
          </div>
        </div>
        <div className={styles.body} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rowAt(item.index);
            const selected = row !== undefined && selection ? selection.isSelected(row) : undefined;
            return (
              <div
                key={item.index}
                className={styles.row}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={selected}
                aria-busy={row === undefined || undefined}
                style={{ height, transform: `translateY(${item.start - headHeight}px)` }}
              >
                {selection && (
                  <SelectCell
                    place={cell(item.index, 0)}
                    name={row === undefined ? "" : selection.rowName(row)}
                    selected={selected ?? false}
                    onToggle={(extend) => {
                      if (extend && keys.anchor.current !== null)
                        selection.extend(keys.anchor.current, item.index);
                      else selection.toggle(item.index);
                      keys.anchor.current = item.index;
                    }}
                  />
                )}
                {columns.map((column, index) => (
                  <div
                    key={column.key}
                    {...cell(item.index, index + shift)}
                    className={classes(styles.cell, column.align === "end" && styles.end)}
                    role="gridcell"
                    aria-colindex={index + shift + 1}
                  >
                    {row === undefined ? (
                      <span className={styles.waiting} />
                    ) : (
                      <span className={styles.content}>{column.cell(row, item.index)}</span>
                    )}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <div className={styles.foot}>
        {foot}
        <span className={styles.rows}>{rowsRange(first, last, rowCount)}</span>
      </div>
    </div>
  );
}

/** Two lines in a cell: what it is, and what it belongs to. */
export function TwoLines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <span className={styles.two}>
      <span>{first}</span>
      <span className={styles.second}>{second}</span>
    </span>
  );
}
