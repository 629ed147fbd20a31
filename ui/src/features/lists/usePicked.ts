import { useMemo, useState } from "react";
import type { ListSummary } from "../../ipc";
import type { RowSelectionPort } from "../../kit";

/** Which of the lists on the page are selected. */
export function usePicked(lists: ListSummary[]) {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  return useMemo(() => {
    const rows = lists.filter((list) => ids.has(list.list_id));
    const port: RowSelectionPort<ListSummary> = {
      isSelected: (list) => ids.has(list.list_id),
      extent: rows.length === 0 ? "none" : rows.length === lists.length ? "all" : "some",
      rowName: (list) => list.name,
      toggle: (index) => {
        const id = lists[index]?.list_id;
        if (id === undefined) return;
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        setIds(next);
      },
      extend: (from, to) => {
        const range = lists.slice(Math.min(from, to), Math.max(from, to) + 1);
        setIds(new Set(range.map((list) => list.list_id)));
      },
      toggleAll: () =>
        setIds(rows.length === lists.length ? new Set() : new Set(lists.map((list) => list.list_id))),
    };
    return { rows, port, clear: () => setIds(new Set()) };
  }, [ids, lists]);
}
