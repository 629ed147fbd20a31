import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { count, counted } from "../../../../format";
import { FaultBanner } from "../../../../frame";
import {
  Button,
  Chip,
  Dialog,
  EmptyState,
  NoMatch,
  SearchField,
  Skeleton,
  type ComboboxGroup,
} from "../../../../kit";
import { same, setRow, type DraftRow } from "../draft";
import { namesOf, sourceWords, targetName } from "../table/lines";
import type { MappingDraft } from "../useMappingDraft";
import { AddValue } from "./AddValue";
import { useClosing } from "./useClosing";
import { orgGroups } from "./orgGroups";
import { ValueLineView } from "./ValueLineView";
import styles from "./ValueMap.module.css";
import {
  folded,
  isUnmapped,
  matchByName,
  orgValues,
  stateOf,
  toRecord,
  valueLines,
  valueMapOf,
  type ValueLine,
  type ValueMap,
} from "./valueMap";
import { drawn_lines, ValueTable } from "./ValueTable";

type Filter = "all" | "unmapped" | "mapped";

const filters: { key: Filter; title: string }[] = [
  { key: "all", title: "All" },
  { key: "unmapped", title: "Unmapped" },
  { key: "mapped", title: "Mapped" },
];

/** Which org value is written for which value of the source. Nothing is changed in the draft before Apply. */
export function ValueMapDialog({
  draft,
  rowKey,
  onClose,
}: {
  draft: MappingDraft;
  rowKey: number;
  onClose: () => void;
}) {
  const index = draft.rows.findIndex((one) => one.key === rowKey);
  const one = draft.rows[index];
  return one ? <Editor draft={draft} one={one} number={index + 1} onClose={onClose} /> : null;
}

function Editor({
  draft,
  one: { row, key: row_key },
  number,
  onClose,
}: {
  draft: MappingDraft;
  one: DraftRow;
  number: number;
  onClose: () => void;
}) {
  const names = useMemo(() => namesOf(draft.fields), [draft.fields]);
  const target = names.targets.get(row.target);
  const org = useMemo(() => orgValues(target), [target]);
  const check = draft.listCheck?.rows.find((one) => one.row === number);
  const read_only = draft.saved?.may_edit === false;
  const [map, setMap] = useState<ValueMap>(() => valueMapOf(row));
  const [added, setAdded] = useState<ValueLine[]>([]);
  const [filter, setFilter] = useState<Filter>("all");
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(drawn_lines);
  /** Lines that were edited under the filter: they stay where they are until another one is chosen. */
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState("");
  const [goal, setGoal] = useState<string | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const add_field = useRef<HTMLInputElement>(null);

  // The order is that of the saved mappings, so that no line moves while it is edited.
  const seen = useMemo(() => valueLines(valueMapOf(row), target, org, check), [row, target, org, check]);
  const lines = useMemo(() => {
    const listed = new Set(seen.map((line) => line.key));
    const own = new Set(added.map((line) => line.key));
    return [
      ...added.filter((line) => !listed.has(line.key)),
      ...seen.filter((line) => line.profiles !== null || map.has(line.key) || own.has(line.key)),
    ];
  }, [added, seen, map]);
  const state = (line: ValueLine) => stateOf(line, map, target, org);
  const unmapped = lines.filter((line) => isUnmapped(state(line)));
  const counts: Record<Filter, number> = {
    all: lines.length,
    unmapped: unmapped.length,
    mapped: lines.filter((line) => state(line) === "mapped").length,
  };
  const more = check?.more_values ?? 0;
  // The engine tells unmapped values first: a known one among them means that no unmapped one is left out.
  const all_unmapped_told = more === 0 || check?.values.some((value) => value.known) === true;
  const countWords = (which: Filter) =>
    more > 0 && !(which === "unmapped" && all_unmapped_told)
      ? `at least ${count(counts[which])}`
      : count(counts[which]);
  const wanted = search.trim().toLowerCase();
  const shown = lines.filter((line) => {
    const of_filter =
      filter === "all" ||
      kept.has(line.key) ||
      (filter === "unmapped" ? isUnmapped(state(line)) : state(line) === "mapped");
    const to = map.get(line.key)?.to ?? "";
    const label = org.get(folded(to))?.label ?? "";
    return of_filter && `${line.key}\n${to}\n${label}`.toLowerCase().includes(wanted);
  });

  useEffect(() => {
    if (goal === null) return;
    setGoal(null);
    const rows = [...(body.current?.querySelectorAll<HTMLElement>("tr") ?? [])];
    const found = rows.find((element) => element.dataset.line === goal)?.querySelector("button");
    (found ?? add_field.current)?.focus();
  }, [goal]);

  const groups = useCallback((): ComboboxGroup[] => orgGroups(target), [target]);
  const put = useCallback((line: ValueLine, to: string | null) => {
    setSaid("");
    setKept((now) => new Set(now).add(line.key));
    setMap((now) => {
      const after = new Map(now);
      if (to === null) after.delete(line.key);
      else after.set(line.key, { from: now.get(line.key)?.from ?? line.value, to });
      return after;
    });
  }, []);
  const onChoose = useCallback(
    (line: ValueLine, option: string, typed: string) => {
      if (option === "leave") {
        // Without its mapping, a value that no list has would be gone; it stays until the dialog is closed.
        if (line.profiles === null) setAdded((now) => [line, ...now.filter((one) => one.key !== line.key)]);
        put(line, null);
      } else if (option !== "typed") put(line, option.slice("value:".length));
      else if (typed !== "") put(line, typed);
    },
    [put],
  );
  const onRemove = useCallback(
    (line: ValueLine) => {
      setAdded((now) => now.filter((one) => one.key !== line.key));
      put(line, null);
      setGoal(line.key);
    },
    [put],
  );
  const choose = (other: Filter) => {
    setFilter(other);
    setKept(new Set());
    setLimit(drawn_lines);
  };
  const clear = () => {
    choose("all");
    setSearch("");
  };
  const match = () => {
    const open = unmapped.filter((line) => !map.has(line.key));
    const found = matchByName(open, org);
    setMap((now) => new Map([...now, ...found]));
    setKept((now) => new Set([...now, ...found.keys()]));
    setSaid(
      found.size === 0
        ? "No unmapped value has the name of an org value."
        : `${counted(found.size, "value", "values")} of ${count(open.length)} matched by name.`,
    );
  };
  const add = (value: string) => {
    const line = { key: folded(value), value, profiles: null, known: null };
    clear();
    setSaid("");
    setAdded((now) => [line, ...now]);
    setGoal(line.key);
  };

  const value_map = toRecord(map);
  const changed = !same(value_map, row.value_map);
  const label = targetName(row, names);
  const source = sourceWords(row, names, undefined).first;
  const { close, question } = useClosing(
    changed,
    `The values of ${label || `row ${number}`} go back to how they were.`,
    onClose,
  );
  const apply = () => {
    if (changed) draft.edit(`Map values of ${label}`, (rows) => setRow(rows, row_key, { value_map }));
    onClose();
  };
  const checking = !check && !draft.listFault;
  const from_sample = draft.fields?.lists.length === 0;
  return (
    <>
      <Dialog
        title={`Values of ${label || `row ${number}`}`}
        subtitle={
          read_only
            ? draft.saved?.may_edit_sentence
            : `${source || "No source"} to ${label} (${row.target}${target ? `, ${target.type_label}` : ""}). Capitals make no difference.`
        }
        width="wide"
        onClose={close}
        note={
          draft.listCheck && check
            ? from_sample
              ? "Values of the built-in sample: there is no list yet."
              : `Values of ${draft.listCheck.list_name}, ${counted(draft.listCheck.profiles, "profile", "profiles")}.`
            : undefined
        }
        buttons={
          read_only ? (
            <Button autoFocus onClick={onClose}>
              Close
            </Button>
          ) : (
            <>
              <Button onClick={close}>Cancel</Button>
              <Button look="primary" onClick={apply}>
                Apply
              </Button>
            </>
          )
        }
      >
        {draft.listFault && !check && <FaultBanner fault={draft.listFault} />}
        {(lines.length > 0 || search !== "") && (
          <div className={styles.bar}>
            <SearchField
              className={styles.find}
              label="Find a value"
              value={search}
              onChange={(text) => {
                setSearch(text);
                setLimit(drawn_lines);
              }}
            />
            {filters.map((one) => (
              <Chip
                key={one.key}
                selected={filter === one.key}
                count={countWords(one.key)}
                onSelect={() => choose(one.key)}
              >
                {one.title}
              </Chip>
            ))}
            <span className={styles.spring} />
            {!read_only && org.size > 0 && (
              <Button
                size="bar"
                offReason={unmapped.length === 0 ? "No value is unmapped." : null}
                reasonPlace="elsewhere"
                onClick={match}
              >
                Match by name
              </Button>
            )}
          </div>
        )}
        <p className={styles.words} role="status" hidden={said === ""}>
          {said}
        </p>
        {shown.length > 0 ? (
          <ValueTable
            ref={body}
            label={`Values of ${source || "the source"}`}
            removable={!read_only}
            shown={Math.min(limit, shown.length)}
            of={shown.length}
            onMore={() => setLimit(limit + drawn_lines)}
          >
            {shown.slice(0, limit).map((line) => (
              <ValueLineView
                key={line.key}
                line={line}
                to={map.get(line.key)?.to}
                state={state(line)}
                target={target}
                org={org}
                groups={groups}
                read_only={read_only}
                onChoose={onChoose}
                onRemove={onRemove}
              />
            ))}
          </ValueTable>
        ) : lines.length > 0 ? (
          <NoMatch
            title={search.trim() ? `No value with “${search.trim()}”` : `No ${filter} value`}
            text={`${counted(lines.length, "value", "values")} in all.`}
            onClear={clear}
          />
        ) : checking ? (
          <Skeleton label="Looking at the values of the list" lines={5} />
        ) : (
          <NoValues source={source} described={org.size > 0} from_sample={from_sample} />
        )}
        {checking && lines.length > 0 && (
          <p className={styles.words} role="status">
            The list is being looked at; its values follow.
          </p>
        )}
        {more > 0 && (
          <p className={styles.words}>
            {`${counted(more, "further value", "further values")} of the list, or more, are not shown. They come once these are mapped; one that is known can be added here.`}
          </p>
        )}
        {!read_only && <AddValue ref={add_field} lines={lines} onAdd={add} />}
      </Dialog>
      {question}
    </>
  );
}

function NoValues({
  source,
  described,
  from_sample,
}: {
  source: string;
  described: boolean;
  from_sample: boolean;
}) {
  return (
    <EmptyState
      title={from_sample ? "No list yet" : "No values"}
      text={
        from_sample
          ? "Import a list, and the values that it has show here with their counts. Values can also be typed below."
          : described
            ? `${source || "The source"} is blank for every profile of the list. Values can be typed below.`
            : "The values of a list are counted for picklists that the org has described. Values can be typed below."
      }
    />
  );
}
