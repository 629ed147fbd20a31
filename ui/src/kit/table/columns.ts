import type { ReactNode } from "react";

/** One column of a `VirtualTable`. */
export interface Column<Row> {
  key: string;
  header: ReactNode;
  /** A CSS grid track whose least width is in rem: `5rem` or `minmax(10rem, 2fr)`. */
  width: string;
  align?: "end";
  cell: (row: Row, index: number) => ReactNode;
}

/** What a table needs to let rows be selected; who is selected is the owner's business. */
export interface RowSelectionPort<Row> {
  isSelected: (row: Row) => boolean;
  /** Of the whole filtered set, not only of what is on the screen. */
  extent: "none" | "some" | "all";
  rowName: (row: Row) => string;
  toggle: (index: number) => void;
  /** Selects every row between two indexes, both included. */
  extend: (from: number, to: number) => void;
  toggleAll: () => void;
}
