import { useCallback, useMemo, useRef, useState } from "react";
import type { RowSelectionPort } from "./columns";

interface Source<Row> {
  keyOf: (row: Row) => number;
  nameOf: (row: Row) => string;
  rowAt: (index: number) => Row | undefined;
  rowsBetween: (from: number, to: number) => Promise<Row[]>;
  /** Rows that the filter leaves. */
  matching: number;
}

/** “All” picks no more than these, the first ones: each is read and sent by its number. */
const most_picked = 5000;

/** Rows that are picked by number, also over several filters: what is picked stays so until it is dropped. */
export function useRowPicking<Row>({ keyOf, nameOf, rowAt, rowsBetween, matching }: Source<Row>) {
  const [picked, setPicked] = useState<ReadonlyMap<number, Row>>(new Map());
  const base = useRef<{ anchor: number; picked: ReadonlyMap<number, Row> } | null>(null);
  const reading = useRef(0);
  const clear = useCallback(() => setPicked(new Map()), []);

  return useMemo(() => {
    const begin = () => {
      base.current = null;
      return ++reading.current;
    };
    const add = (before: ReadonlyMap<number, Row>, rows: Row[]) =>
      setPicked(new Map([...before, ...rows.map((row) => [keyOf(row), row] as const)]));
    const all = Math.min(matching, most_picked);
    const port: RowSelectionPort<Row> = {
      isSelected: (row) => picked.has(keyOf(row)),
      extent: picked.size === 0 ? "none" : picked.size >= all ? "all" : "some",
      rowName: nameOf,
      toggle: (index) => {
        begin();
        const row = rowAt(index);
        if (row === undefined) return;
        setPicked((now) => {
          const next = new Map(now);
          if (!next.delete(keyOf(row))) next.set(keyOf(row), row);
          return next;
        });
      },
      extend: (from, to) => {
        if (base.current?.anchor !== from) base.current = { anchor: from, picked };
        const before = base.current.picked;
        const ticket = ++reading.current;
        void rowsBetween(Math.min(from, to), Math.max(from, to)).then((rows) => {
          if (ticket === reading.current) add(before, rows);
        });
      },
      toggleAll: () => {
        const ticket = begin();
        if (picked.size >= all) {
          clear();
          return;
        }
        void rowsBetween(0, all - 1).then((rows) => {
          if (ticket === reading.current) add(picked, rows);
        });
      },
    };
    return { port, picked, clear };
  }, [picked, matching, keyOf, nameOf, rowAt, rowsBetween, clear]);
}
