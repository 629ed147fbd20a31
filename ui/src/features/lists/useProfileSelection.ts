import { useEffect, useMemo, useRef, useState } from "react";
import type { ProfileRow, Selection } from "../../ipc";
import type { RowSelectionPort } from "../../kit";

type Chosen = { all: false; ids: ReadonlySet<number> } | { all: true; except: ReadonlySet<number> };

const nothing: Chosen = { all: false, ids: new Set() };

const toggled = (ids: ReadonlySet<number>, id: number): ReadonlySet<number> => {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
};

interface Source {
  search: string;
  matching: number;
  rowAt: (index: number) => ProfileRow | undefined;
  rowsBetween: (from: number, to: number) => Promise<ProfileRow[]>;
}

/**
 * Which profiles of a list are selected. "All" stands for everything that fits the search, whether it was read or
 * not, less what was taken out again; a new search drops it, while picked profiles stay picked.
 */
export function useProfileSelection({ search, matching, rowAt, rowsBetween }: Source) {
  const [chosen, setChosen] = useState<Chosen>(nothing);
  const base = useRef<{ anchor: number; ids: ReadonlySet<number> } | null>(null);
  const reading = useRef(0);
  useEffect(() => setChosen((now) => (now.all ? nothing : now)), [search]);

  return useMemo(() => {
    const selected = chosen.all ? matching - chosen.except.size : chosen.ids.size;
    const port: RowSelectionPort<ProfileRow> = {
      isSelected: (row) => (chosen.all ? !chosen.except.has(row.profile_id) : chosen.ids.has(row.profile_id)),
      extent: selected === 0 ? "none" : chosen.all && chosen.except.size === 0 ? "all" : "some",
      rowName: (row) => row.name,
      toggle: (index) => {
        const id = rowAt(index)?.profile_id;
        base.current = null;
        reading.current += 1;
        if (id === undefined) return;
        setChosen((now) =>
          now.all
            ? { all: true, except: toggled(now.except, id) }
            : { all: false, ids: toggled(now.ids, id) },
        );
      },
      extend: (from, to) => {
        if (chosen.all) return;
        if (base.current?.anchor !== from) base.current = { anchor: from, ids: chosen.ids };
        const before = base.current.ids;
        const ticket = ++reading.current;
        void rowsBetween(Math.min(from, to), Math.max(from, to)).then((rows) => {
          if (ticket !== reading.current) return;
          setChosen({ all: false, ids: new Set([...before, ...rows.map((row) => row.profile_id)]) });
        });
      },
      toggleAll: () => {
        base.current = null;
        reading.current += 1;
        setChosen(chosen.all && chosen.except.size === 0 ? nothing : { all: true, except: new Set() });
      },
    };
    /** What an export takes: the selection; without one, everything that fits the search. */
    const selection: Selection =
      !chosen.all && chosen.ids.size > 0
        ? { kind: "picked", profile_ids: [...chosen.ids] }
        : search === "" && (!chosen.all || chosen.except.size === 0)
          ? { kind: "all" }
          : { kind: "matching", search, except_profile_ids: chosen.all ? [...chosen.except] : [] };
    return { port, selected, selection, clear: () => setChosen(nothing) };
  }, [chosen, matching, rowAt, rowsBetween, search]);
}
