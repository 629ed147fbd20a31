import type { RunKind, RunQuery, RunState, Target } from "../../ipc";
import { Select } from "../../kit";
import { state_words, target_words } from "../words";
import styles from "./Runs.module.css";

/** Which runs are shown. */
export type RunFilter = Required<Pick<RunQuery, "kind" | "object" | "state">>;

export const any_run: RunFilter = { kind: null, object: null, state: null };

const any = "any";
const kind_texts: Record<RunKind, string> = { export: "Exports", undo: "Undos" };

const options = <Key extends string>(words: Record<Key, string>, all: string) => [
  { key: any, text: all },
  ...Object.entries<string>(words).map(([key, text]) => ({ key, text })),
];

const chosen = <Key extends string>(key: string): Key | null => (key === any ? null : (key as Key));

export function RunFilters({
  filter,
  onFilter,
}: {
  filter: RunFilter;
  onFilter: (filter: RunFilter) => void;
}) {
  const objects = Object.fromEntries(
    Object.entries(target_words).map(([key, { many }]) => [key, many]),
  ) as Record<Target, string>;
  const states = Object.fromEntries(
    Object.entries(state_words).map(([key, { text }]) => [key, text]),
  ) as Record<RunState, string>;
  return (
    <div className={styles.filters}>
      <Select
        inline
        labelHidden
        label="Kind of run"
        value={filter.kind ?? any}
        options={options(kind_texts, "Any kind")}
        onChange={(key) => onFilter({ ...filter, kind: chosen<RunKind>(key) })}
      />
      <Select
        inline
        labelHidden
        label="Object"
        value={filter.object ?? any}
        options={options(objects, "Any object")}
        onChange={(key) => onFilter({ ...filter, object: chosen<Target>(key) })}
      />
      <Select
        inline
        labelHidden
        label="State"
        value={filter.state ?? any}
        options={options(states, "Any state")}
        onChange={(key) => onFilter({ ...filter, state: chosen<RunState>(key) })}
      />
    </div>
  );
}
