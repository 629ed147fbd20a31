import { useQueries, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

const window_rows = 100;

export interface RowWindow<Row> {
  total: number;
  rows: Row[];
}

/**
 * Reads a long list by windows of 100 rows, only those in sight. A window that was read stays at hand; the last
 * total stays on the screen while a new search is read, so that nothing jumps while somebody types.
 */
export function useRowWindows<Row, Answer extends RowWindow<Row>>(
  key: QueryKey,
  read: (offset: number, limit: number) => Promise<Answer>,
) {
  const client = useQueryClient();
  const [pages, setPages] = useState<number[]>([0]);
  const identity = JSON.stringify(key);
  useEffect(() => setPages([0]), [identity]);

  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...key, "window", page],
      queryFn: () => read(page * window_rows, window_rows),
      staleTime: Infinity,
    })),
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onVisible = useCallback((first: number, last: number) => {
    const from = Math.floor(Math.max(0, first - 8) / window_rows);
    const to = Math.floor((last + 8) / window_rows);
    clearTimeout(timer.current);
    // A dragged scroll bar passes over thousands of rows: only where it rests is read.
    timer.current = setTimeout(() => {
      setPages((now) =>
        now[0] === from && now[now.length - 1] === to
          ? now
          : Array.from({ length: to - from + 1 }, (_, index) => from + index),
      );
    }, 40);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  const answer = results.find((result) => result.data)?.data;
  const kept = useRef<{ identity: string; answer: Answer } | undefined>(undefined);
  if (answer) kept.current = { identity, answer };
  const shown = answer ?? kept.current?.answer;
  const failed = results.find((result) => result.isError && !result.data);

  const rowAt = useCallback(
    (index: number): Row | undefined => {
      const page = Math.floor(index / window_rows);
      const known = client.getQueryData<Answer>([...(JSON.parse(identity) as unknown[]), "window", page]);
      return known?.rows[index - page * window_rows];
    },
    [client, identity],
  );
  const retry = useCallback(() => void client.invalidateQueries({ queryKey: key }), [client, key]);

  /** The rows between two indexes, both included, read where they are not at hand. */
  const rowsBetween = useCallback(
    async (from: number, to: number): Promise<Row[]> => {
      const found: Row[] = [];
      for (let page = Math.floor(from / window_rows); page <= Math.floor(to / window_rows); page++) {
        const part = await client.fetchQuery({
          queryKey: [...(JSON.parse(identity) as unknown[]), "window", page],
          queryFn: () => read(page * window_rows, window_rows),
          staleTime: Infinity,
        });
        part.rows.forEach((row, index) => {
          const at = page * window_rows + index;
          if (at >= from && at <= to) found.push(row);
        });
      }
      return found;
    },
    [client, identity, read],
  );

  return useMemo(
    () => ({
      answer: shown,
      stale: answer === undefined,
      error: failed?.error ?? null,
      rowAt,
      rowsBetween,
      onVisible,
      retry,
    }),
    [shown, answer, failed?.error, rowAt, rowsBetween, onVisible, retry],
  );
}
