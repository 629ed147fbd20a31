import { useVirtualizer } from "@tanstack/react-virtual";
import { GripVertical, Plus } from "lucide-react";
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { count, counted } from "../../../../format";
import type { Finding, MappingRow } from "../../../../ipc";
import { Button, classes, EmptyState, NoMatch, SearchField, Unseen, useFindKey, useToast } from "../../../../kit";
import { alignListCheck, alignPreview, alignProblems } from "../alignPreview";
import {
  blank_row,
  draftRow,
  duplicate,
  moveBlockStep,
  moveToPosition,
  remove,
  setBlock,
  spanOf,
  type DraftRow,
} from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { FilterChips } from "./FilterChips";
import { countLines, filter_titles, filterLines, type Filter } from "./filters";
import { lineKey, linesOf, namesOf, rowName, targetName, type Names, type RowLine } from "./lines";
import { BlockDialog, PositionDialog } from "./MoveDialogs";
import { OtherLineView } from "./OtherLineView";
import { RowLineView, type RowActs } from "./RowLineView";
import { RowMenu, type RowAct } from "./RowMenu";
import styles from "./Table.module.css";
import { useReorder } from "./useReorder";

/** More lines than these are drawn only where they are looked at. */
const most_drawn = 100;
const row_px = 41;
const flash_ms = 1600;

interface Asked {
  what: "menu" | "position" | "block";
  key: number;
}

const columns = ["Source", "Sample value", "Salesforce field", "On update", "Result for sample"];

/** The rows of one object, to be edited. */
export function MappingTable({
  draft,
  tools,
  onMatch,
  onSettings,
  onMapValues,
}: {
  draft: MappingDraft;
  /** Buttons at the right of the filters. */
  tools?: ReactNode;
  /** Opens the proposals by name. */
  onMatch?: (() => void) | undefined;
  /** Opens the settings of a row. */
  onSettings?: ((key: number) => void) | undefined;
  /** Opens the value mapping of a row. */
  onMapValues?: ((key: number) => void) | undefined;
}) {
  const toast = useToast();
  const find_field = useFindKey();
  const [filter, setFilter] = useState<Filter>("all");
  const [search, setSearch] = useState("");
  const [stop, setStop] = useState<number | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [flashed, setFlashed] = useState<number | null>(null);
  /** A new row's missing parts are no errors until it is left. */
  const [fresh, setFresh] = useState<number | null>(null);
  const [goal, setGoal] = useState<{ key: number; part: "source" | "fault" | "handle" } | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const names = useMemo(() => namesOf(draft.fields), [draft.fields]);
  const latest_draft = useRef({ draft, names });
  latest_draft.current = { draft, names };
  const latest = useCallback(() => latest_draft.current.draft, []);
  const reorder = useReorder({
    latest,
    names: useCallback(() => latest_draft.current.names, []),
    scroller,
    body,
    ghost,
  });
  const { lifted, dragged } = reorder;
  const locked =
    draft.saved && !draft.saved.may_edit ? draft.saved.may_edit_sentence || "Read only" : undefined;

  const rows = lifted?.rows ?? draft.rows;
  const { preview, listCheck, errors, rows: own_rows } = draft;
  const lines = useMemo(() => {
    const keys = own_rows.map((one) => one.key);
    const problems = [
      ...new Map(
        [...(preview?.problems ?? []), ...errors].map((one) => [`${one.row} ${one.sentence}`, one]),
      ).values(),
    ].filter((one) => fresh === null || one.row === null || keys[one.row - 1] !== fresh);
    if (rows === own_rows) return linesOf(rows, preview, problems, listCheck);
    return linesOf(
      rows,
      preview && alignPreview({ answer: preview, keys }, rows),
      alignProblems({ answer: problems, keys }, rows),
      listCheck && alignListCheck({ answer: listCheck, keys }, rows),
    );
  }, [own_rows, preview, listCheck, errors, rows, fresh]);
  const counts = useMemo(() => countLines(lines, names), [lines, names]);
  const shown = useMemo(
    () => filterLines(lines, filter, search, names),
    [lines, filter, search, names],
  );
  const shown_rows = shown.filter((line): line is RowLine => line.kind === "row");
  const tab_stop = shown_rows.some((line) => line.key === stop) ? stop : (shown_rows[0]?.key ?? null);
  const latest_shown = useRef(shown);
  latest_shown.current = shown;

  const virtual = shown.length > most_drawn;
  const virtualizer = useVirtualizer({
    count: shown.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => row_px,
    getItemKey: (index) => {
      const line = shown[index];
      return line ? lineKey(line) : index;
    },
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const clear = () => {
    setFilter("all");
    setSearch("");
  };

  // A row is gone to once it is drawn: it may have to be scrolled to, or brought back from behind a filter.
  const { shown: wanted } = draft;
  const wanted_before = useRef<number | null>(null);
  useEffect(() => {
    if (!wanted || wanted.time === wanted_before.current || Date.now() - wanted.time > 5000) return;
    wanted_before.current = wanted.time;
    setFresh(null);
    setGoal({ key: wanted.key, part: "fault" });
    setFlashed(wanted.key);
  }, [wanted]);
  useEffect(() => {
    if (flashed === null) return undefined;
    const timer = setTimeout(() => setFlashed(null), flash_ms);
    return () => clearTimeout(timer);
  }, [flashed]);
  useLayoutEffect(() => {
    if (!goal) return;
    const index = shown.findIndex((line) => line.kind === "row" && line.key === goal.key);
    if (index < 0) {
      if (rows.some((one) => one.key === goal.key) && (filter !== "all" || search !== "")) clear();
      else setGoal(null);
      return;
    }
    const row = body.current?.querySelector<HTMLElement>(`[data-row-key="${goal.key}"]`);
    if (!row) {
      virtualizer.scrollToIndex(index, { align: "center" });
      return;
    }
    row.scrollIntoView?.({ block: "nearest" });
    const part =
      goal.part === "source"
        ? row.querySelector<HTMLElement>('[data-part="source"] :is(input, button)')
        : goal.part === "fault"
          ? row.querySelector<HTMLElement>('input[aria-invalid="true"], [data-part] button[data-invalid]')
          : null;
    (part ?? row.querySelector<HTMLElement>("[data-handle]"))?.focus();
    setGoal(null);
  });

  const addRow = useCallback(
    (target: string) => {
      const one = draftRow({ ...blank_row, target });
      latest().edit("Add a field", (now) => [...now, one]);
      setFresh(one.key);
      setGoal({ key: one.key, part: "source" });
    },
    [latest],
  );
  const deleteRow = useCallback(
    (key: number) => {
      const { rows: before, edit } = latest();
      const index = before.findIndex((one) => one.key === key);
      const one = before[index];
      if (!one) return;
      const visible = latest_shown.current.flatMap((line) => (line.kind === "row" ? [line.key] : []));
      const at = visible.indexOf(key);
      const next = visible[at + 1] ?? visible[at - 1];
      const label = `Delete ${rowName(one.row, latest_draft.current.names)}`;
      edit(label, (now) => remove(now, key));
      if (next !== undefined) setGoal({ key: next, part: "handle" });
      toast({
        text: `${rowName(one.row, latest_draft.current.names)} deleted.`,
        action: {
          text: "Undo",
          act: () => {
            const now = latest();
            if (now.undoLabel === label) now.undo();
            else if (!now.rows.some((other) => other.key === key)) {
              now.edit(`Put back ${rowName(one.row, latest_draft.current.names)}`, (others) =>
                putBack(others, one, index),
              );
            }
            setGoal({ key, part: "handle" });
          },
        },
      });
    },
    [latest, toast],
  );

  const { lift, onLiftedKey, moveAtOnce, onPointerDown, was_dragged, commit, say } = reorder;
  const lifted_now = useRef(lifted);
  lifted_now.current = lifted;
  const acts = useMemo<RowActs>(() => {
    const focusBeside = (key: number, step: number | "first" | "last") => {
      const keys = latest_shown.current.flatMap((line) => (line.kind === "row" ? [line.key] : []));
      const index = step === "first" ? 0 : step === "last" ? keys.length - 1 : keys.indexOf(key) + step;
      const next = keys[index];
      if (next !== undefined) setGoal({ key: next, part: "handle" });
    };
    return {
      onHandleKey: (event: KeyboardEvent, key: number) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const now = lifted_now.current;
        if (now?.key === key && onLiftedKey(event, now)) {
          event.preventDefault();
          event.stopPropagation();
          return;
        }
        switch (event.key) {
          case "Enter":
          case " ":
            lift(key);
            break;
          case "ArrowUp":
            focusBeside(key, -1);
            break;
          case "ArrowDown":
            focusBeside(key, 1);
            break;
          case "Home":
            focusBeside(key, "first");
            break;
          case "End":
            focusBeside(key, "last");
            break;
          case "Delete":
            deleteRow(key);
            break;
          case "F10":
          case "ContextMenu":
            if (event.key === "F10" && !event.shiftKey) return;
            setAsked({ what: "menu", key });
            break;
          default:
            return;
        }
        event.preventDefault();
        event.stopPropagation();
      },
      onHandleDown: onPointerDown,
      onHandleClick: (key) => {
        if (was_dragged.current) was_dragged.current = false;
        else setAsked({ what: "menu", key });
      },
      onHandleFocus: setStop,
      onRowKey: (event, key) => {
        const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
        if (!event.altKey || event.ctrlKey || event.metaKey || step === null || lifted_now.current) return;
        event.preventDefault();
        event.stopPropagation();
        moveAtOnce(key, step);
      },
      onRowLeft: (key) => setFresh((now) => (now === key ? null : now)),
      onMenu: (key) => setAsked({ what: "menu", key }),
      onDelete: deleteRow,
      onExample: (finding: Finding) => {
        const { preview, sample, setSample } = latest();
        setSample({ list_id: sample.list_id ?? preview?.sample?.list_id ?? null, index: finding.example_index });
      },
      onSettings,
      onMapValues,
    };
  }, [deleteRow, latest, lift, moveAtOnce, onLiftedKey, onMapValues, onPointerDown, onSettings, was_dragged]);

  const act = (what: RowAct, key: number) => {
    switch (what) {
      case "settings":
        onSettings?.(key);
        break;
      case "values":
        onMapValues?.(key);
        break;
      case "up":
        moveAtOnce(key, -1);
        break;
      case "down":
        moveAtOnce(key, 1);
        break;
      case "position":
      case "block":
        setAsked({ what, key });
        break;
      case "block_up":
      case "block_down": {
        const block = latest().rows.find((one) => one.key === key)?.row.block;
        if (!block) break;
        const after = moveBlockStep(latest().rows, block, what === "block_up" ? -1 : 1);
        draft.edit(`Move block ${block}`, (now) => (after.length === now.length ? after : now));
        say(after === draft.rows ? `${block} cannot go farther.` : `Block ${block} moved.`);
        setGoal({ key, part: "handle" });
        break;
      }
      case "duplicate": {
        const row = latest().rows.find((one) => one.key === key)?.row;
        if (!row) break;
        const copy = draftRow(row);
        draft.edit(`Duplicate ${rowName(row, names)}`, (now) => duplicate(now, key, copy));
        setGoal({ key: copy.key, part: "handle" });
        break;
      }
      case "delete":
        deleteRow(key);
        break;
    }
  };

  const drawn = virtual
    ? items.flatMap((item) => {
        const line = shown[item.index];
        return line ? [{ line, index: item.index }] : [];
      })
    : shown.map((line, index) => ({ line, index }));
  const before_px = virtual ? (items[0]?.start ?? 0) : 0;
  const after_px = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const dragged_row = dragged && rows.find((one) => one.key === dragged.key)?.row;
  const asked_row = asked && rows.find((one) => one.key === asked.key)?.row;
  const asked_handle = asked?.what === "menu" ? reorder.handleOf(asked.key) : null;

  return (
    <div className={styles.editor}>
      <div className={styles.bar}>
        <SearchField
          ref={find_field}
          className={styles.find}
          label="Find a field"
          value={search}
          onChange={setSearch}
        />
        <FilterChips counts={counts} selected={filter} onSelect={setFilter} />
        <span className={styles.spring} />
        {tools}
      </div>
      <section className={styles.card} aria-label="Mapping" data-dragging={dragged ? "" : undefined}>
        <div ref={scroller} className={styles.scroller} role="table" aria-label="Mapping rows">
          <div className={styles.head} role="rowgroup">
            <div role="row" className={styles.row}>
              <div role="columnheader" className={styles.order}>
                <Unseen>Order</Unseen>
              </div>
              {columns.map((title) => (
                <div
                  key={title}
                  role="columnheader"
                  className={classes(styles.cell, styles.padded, title === "Sample value" && styles.sample)}
                >
                  {title}
                </div>
              ))}
              <div role="columnheader" className={styles.marks}>
                <Unseen>Verdict and row buttons</Unseen>
              </div>
            </div>
          </div>
          <div ref={body} className={styles.body} role="rowgroup">
            {before_px > 0 && <div role="none" style={{ height: before_px }} />}
            {drawn.map(({ line, index }) => {
              const view =
                line.kind === "row" ? (
                  <RowLineView
                    line={line}
                    names={names}
                    draft={latest}
                    acts={acts}
                    locked={locked}
                    tabStop={line.key === tab_stop}
                    lifted={lifted?.key === line.key}
                    dragged={dragged?.key === line.key}
                    flashed={flashed === line.key}
                  />
                ) : (
                  <OtherLineView line={line} locked={locked !== undefined} onAdd={addRow} />
                );
              return (
                <div
                  key={lineKey(line)}
                  role="none"
                  data-index={index}
                  ref={virtual ? virtualizer.measureElement : undefined}
                >
                  {view}
                </div>
              );
            })}
            {after_px > 0 && <div role="none" style={{ height: after_px }} />}
            {dragged?.gap != null && <div className={styles.gap} role="none" style={{ top: dragged.top }} />}
          </div>
          {lines.length === 0 && draft.saved && (
            <EmptyState
              title="No field is mapped"
              text="A row says which value goes to which Salesforce field. Without rows nothing can be exported."
              actions={
                !locked && (
                  <>
                    <Button look="primary" onClick={() => addRow("")}>
                      Add field
                    </Button>
                    {onMatch && <Button onClick={onMatch}>Match automatically</Button>}
                  </>
                )
              }
            />
          )}
          {lines.length > 0 && shown.length === 0 && (
            <NoMatch
              title={noMatchTitle(search.trim(), filter)}
              text={`${counted(lines.length, "row", "rows")} in all.`}
              onClear={clear}
            />
          )}
        </div>
        <div className={styles.foot}>
          {!locked && lines.length > 0 && (
            <>
              <Button
                look="quiet"
                size="bar"
                icon={<Plus size={16} strokeWidth={1.75} aria-hidden />}
                onClick={() => addRow("")}
              >
                Add field
              </Button>
              {onMatch && (
                <Button size="bar" onClick={onMatch}>
                  Match automatically
                </Button>
              )}
            </>
          )}
          <span className={styles.footWords}>
            {draft.listFault ? (
              <span className={styles.sentence}>The list is not checked: {draft.listFault.sentence}</span>
            ) : (
              draft.listCheck && <span>{checkedWords(draft)}</span>
            )}
            <span>
              {shown.length === lines.length
                ? counted(lines.length, "row", "rows")
                : `${count(shown.length)} of ${counted(lines.length, "row", "rows")}`}
            </span>
          </span>
        </div>
      </section>
      <div role="status" aria-live="assertive" className={styles.said}>
        <Unseen>{reorder.said}</Unseen>
      </div>
      {dragged_row && (
        <div ref={ghost} className={styles.ghost} aria-hidden>
          <GripVertical size={14} strokeWidth={1.75} />
          <b>{rowName(dragged_row, names)}</b>
          {dragged_row.target && <span>{targetName(dragged_row, names)}</span>}
        </div>
      )}
      {asked && asked_row && asked_handle && (
        <RowMenu
          label={`Row ${rows.findIndex((one) => one.key === asked.key) + 1}: ${rowName(asked_row, names)}`}
          handle={asked_handle}
          without={[
            ...(onSettings ? [] : ["settings" as const]),
            ...(onMapValues && takesValueMap(asked_row, names) ? [] : ["values" as const]),
            ...(asked_row.block === null ? ["block_up" as const, "block_down" as const] : []),
          ]}
          onClose={() => setAsked((now) => (now?.what === "menu" ? null : now))}
          onAct={(what) => act(what, asked.key)}
        />
      )}
      {asked?.what === "position" && asked_row && (
        <PositionDialog
          name={rowName(asked_row, names)}
          {...placeOf(rows, asked.key, targetName(asked_row, names))}
          onClose={() => setAsked(null)}
          onMove={(position) => {
            const after = moveToPosition(rows, asked.key, position);
            commit(asked.key, () => after);
            say(`${rowName(asked_row, names)} moved to position ${position}.`);
            setGoal({ key: asked.key, part: "handle" });
            setAsked(null);
          }}
        />
      )}
      {asked?.what === "block" && asked_row && (
        <BlockDialog
          name={rowName(asked_row, names)}
          block={asked_row.block}
          blocks={[...new Set(rows.flatMap((one) => one.row.block ?? []))]}
          onClose={() => setAsked(null)}
          onPut={(block) => {
            draft.edit(
              block === null ? `Take ${rowName(asked_row, names)} out of its block` : `Block ${block}`,
              (now) => setBlock(now, asked.key, block),
            );
            setGoal({ key: asked.key, part: "handle" });
            setAsked(null);
          }}
        />
      )}
    </div>
  );
}

/** Whether a row chooses among the org's values, or maps values already. */
const takesValueMap = (row: MappingRow, names: Names) =>
  (names.targets.get(row.target)?.picklist.length ?? 0) > 0 || Object.keys(row.value_map).length > 0;

/** Where a row stands among those that it can change places with. */
function placeOf(rows: DraftRow[], key: number, target: string) {
  const index = rows.findIndex((one) => one.key === key);
  const { start, end } = spanOf(rows, index);
  return end - start > 1
    ? { among: `for ${target}`, position: index - start + 1, of: end - start }
    : { among: "in the table", position: index + 1, of: rows.length };
}

/** A row again at its old place; never between the rows of another target. */
function putBack(rows: DraftRow[], one: DraftRow, index: number): DraftRow[] {
  const last = rows.findLastIndex((other) => other.row.target === one.row.target && other.row.target !== "");
  const at = Math.min(index, rows.length);
  const place = last >= 0 ? last + 1 : at < rows.length ? spanOf(rows, at).start : at;
  return rows.toSpliced(place, 0, one);
}

const noMatchTitle = (words: string, filter: Filter) => {
  const among = filter === "all" ? "" : ` among ${filter_titles[filter]}`;
  return words ? `No field with “${words}”${among}` : `No row${among}`;
};

const checkedWords = ({ listCheck }: MappingDraft) =>
  listCheck
    ? `${counted(listCheck.profiles, "profile", "profiles")} of ${listCheck.list_name} checked` +
      (listCheck.refused_profiles > 0 ? `, ${count(listCheck.refused_profiles)} would be refused` : "")
    : "";
