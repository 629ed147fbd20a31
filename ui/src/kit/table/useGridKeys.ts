import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import type { RowSelectionPort } from "./columns";

export interface CellPlace {
  /** Row from 0; -1 is the header. */
  row: number;
  column: number;
}

interface Options {
  grid: RefObject<HTMLDivElement | null>;
  rowCount: number;
  columnCount: number;
  pageRows: () => number;
  scrollToRow: (row: number) => void;
  selection: Pick<RowSelectionPort<never>, "toggle" | "extend" | "toggleAll"> | undefined;
  onOpen: ((row: number) => void) | undefined;
}

const interactive = "a[href], button, input";

/** Keyboard of a grid: one Tab stop, arrows move, Space selects, Shift extends, Enter opens, Ctrl C copies. */
export function useGridKeys({
  grid,
  rowCount,
  columnCount,
  pageRows,
  scrollToRow,
  selection,
  onOpen,
}: Options) {
  const [active, setActive] = useState<CellPlace>({ row: 0, column: 0 });
  const anchor = useRef<number | null>(null);
  // Where the focus is to go once that cell is in the document; scrolling may render several times before.
  const wanted = useRef<CellPlace | null>(null);
  const firstRow = selection ? -1 : 0;

  useLayoutEffect(() => {
    const place = wanted.current;
    if (!place) return;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${place.row}:${place.column}"]`);
    if (cell) {
      wanted.current = null;
      cell.focus({ preventScroll: true });
    }
  });

  const moveTo = useCallback(
    (row: number, column: number) => {
      const place = {
        row: Math.max(firstRow, Math.min(rowCount - 1, row)),
        column: Math.max(0, Math.min(columnCount - 1, column)),
      };
      wanted.current = place;
      setActive(place);
      if (place.row >= 0) scrollToRow(place.row);
      return place;
    },
    [columnCount, firstRow, rowCount, scrollToRow],
  );

  const activateCell = useCallback(() => {
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${active.row}:${active.column}"]`);
    const inside = cell?.querySelector<HTMLElement>(interactive);
    if (inside) inside.click();
    else if (active.row >= 0) onOpen?.(active.row);
  }, [active, grid, onOpen]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const { row, column } = active;
      const command = event.ctrlKey || event.metaKey;
      const extendTo = (target: number) => {
        anchor.current ??= Math.max(0, row);
        const place = moveTo(Math.max(0, target), column);
        selection?.extend(anchor.current, place.row);
      };
      const vertical = (target: number) => {
        if (event.shiftKey && selection) extendTo(target);
        else {
          anchor.current = null;
          moveTo(target, column);
        }
      };
      switch (event.key) {
        case "ArrowDown":
          vertical(row + 1);
          break;
        case "ArrowUp":
          vertical(row - 1);
          break;
        case "PageDown":
          vertical(row + pageRows());
          break;
        case "PageUp":
          vertical(Math.max(0, row - pageRows()));
          break;
        case "ArrowRight":
          moveTo(row, column + 1);
          break;
        case "ArrowLeft":
          moveTo(row, column - 1);
          break;
        case "Home":
          if (command) vertical(0);
          else moveTo(row, 0);
          break;
        case "End":
          if (command) vertical(rowCount - 1);
          else moveTo(row, columnCount - 1);
          break;
        case " ":
          if (!selection) return;
          if (row < 0) selection.toggleAll();
          else {
            selection.toggle(row);
            anchor.current = row;
          }
          break;
        case "Enter":
          activateCell();
          break;
        case "a":
          if (!command || !selection) return;
          selection.toggleAll();
          break;
        case "c": {
          if (!command || !window.getSelection()?.isCollapsed) return;
          const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`);
          void navigator.clipboard?.writeText(cell?.innerText ?? "").catch(() => undefined);
          break;
        }
        default:
          return;
      }
      event.preventDefault();
    },
    [active, activateCell, columnCount, grid, moveTo, pageRows, rowCount, selection],
  );

  return { active, setActive, onKeyDown, anchor };
}
