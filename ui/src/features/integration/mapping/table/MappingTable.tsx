import { useVirtualizer } from "@tanstack/react-virtual";
import { GripVertical } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { counted } from "../../../../format";
import type { TestedField } from "../../../../ipc";
import { Button, EmptyState, NoMatch, SearchField, Unseen, useFindKey } from "../../../../kit";
import { alignListCheck, alignPreview, alignProblems } from "../alignPreview";
import { driftOfRows } from "../drift";
import type { MappingDraft } from "../useMappingDraft";
import { FilterChips } from "./FilterChips";
import { countLines, filter_titles, filterLines, type Filter } from "./filters";
import { lineKey, linesOf, namesOf, rowName, targetName, type RowLine } from "./lines";
import { OtherLineView } from "./OtherLineView";
import { RowDialogs } from "./RowDialogs";
import { RowLineView } from "./RowLineView";
import styles from "./Table.module.css";
import { TableFoot } from "./TableFoot";
import { TableHead } from "./TableHead";
import { useGoal } from "./useGoal";
import { useReorder } from "./useReorder";
import { useRowActs, type Asked } from "./useRowActs";

/** More lines than these are drawn only where they are looked at. */
const most_drawn = 100;
const row_px = 41;

/** The rows of one object, to be edited. */
export function MappingTable({
  draft,
  tested,
  tools,
  onMatch,
  onSettings,
  onMapValues,
}: {
  draft: MappingDraft;
  /** What the newest test tells at rows, by their keys. */
  tested: Map<number, TestedField>;
  /** Buttons at the right of the filters. */
  tools?: ReactNode;
  /** Opens the proposals by name. */
  onMatch?: (() => void) | undefined;
  /** Opens the settings of a row. */
  onSettings?: ((key: number) => void) | undefined;
  /** Opens the value mapping of a row. */
  onMapValues?: ((key: number) => void) | undefined;
}) {
  const find_field = useFindKey();
  const [filter, setFilter] = useState<Filter>("all");
  const [search, setSearch] = useState("");
  const [stop, setStop] = useState<number | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  /** A new row's missing parts are no errors until it is left. */
  const [fresh, setFresh] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const names = useMemo(() => namesOf(draft.fields), [draft.fields]);
  const latest_draft = useRef({ draft, names });
  latest_draft.current = { draft, names };
  const latest = useCallback(() => latest_draft.current.draft, []);
  const latestNames = useCallback(() => latest_draft.current.names, []);
  const reorder = useReorder({
    latest,
    names: latestNames,
    scroller,
    body,
    ghost,
  });
  const { lifted, dragged } = reorder;
  const locked =
    draft.saved && !draft.saved.may_edit ? draft.saved.may_edit_sentence || "Read only" : undefined;

  const rows = lifted?.rows ?? draft.rows;
  const { preview, listCheck, errors, rows: own_rows, saved, setTried } = draft;
  // The results of a lifted row's place are live, before it is dropped there.
  const tried = lifted && lifted.rows !== own_rows ? lifted.rows : null;
  useEffect(() => {
    setTried(tried);
    return () => setTried(null);
  }, [tried, setTried]);
  const marks = useMemo(
    () => ({ drift: driftOfRows({ saved, rows: own_rows }), tested }),
    [saved, own_rows, tested],
  );
  const lines = useMemo(() => {
    const keys = own_rows.map((one) => one.key);
    const problems = [
      ...new Map(
        [...(preview?.problems ?? []), ...errors].map((one) => [`${one.row} ${one.sentence}`, one]),
      ).values(),
    ].filter((one) => fresh === null || one.row === null || keys[one.row - 1] !== fresh);
    if (rows === own_rows) return linesOf(rows, preview, problems, listCheck, marks);
    return linesOf(
      rows,
      preview && alignPreview({ answer: preview, keys }, rows),
      alignProblems({ answer: problems, keys }, rows),
      listCheck && alignListCheck({ answer: listCheck, keys }, rows),
      marks,
    );
  }, [own_rows, preview, listCheck, errors, rows, fresh, marks]);
  const counts = useMemo(() => countLines(lines, names), [lines, names]);
  const shown = useMemo(
    () => filterLines(lines, filter, search, names),
    [lines, filter, search, names],
  );
  const shown_rows = shown.filter((line): line is RowLine => line.kind === "row");
  const tab_stop = shown_rows.some((line) => line.key === stop) ? stop : (shown_rows[0]?.key ?? null);

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

  const { flashed, setGoal } = useGoal({
    draft,
    shown,
    body,
    isHidden: (key) => (filter !== "all" || search !== "") && rows.some((one) => one.key === key),
    reveal: clear,
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: "center" }),
    onWanted: () => setFresh(null),
  });
  const { acts, act, addRow } = useRowActs({
    latest,
    latestNames,
    shown,
    reorder,
    setGoal,
    setAsked,
    setStop,
    setFresh,
    onSettings,
    onMapValues,
  });

  const drawn = virtual
    ? items.flatMap((item) => {
        const line = shown[item.index];
        return line ? [{ line, index: item.index }] : [];
      })
    : shown.map((line, index) => ({ line, index }));
  const before_px = virtual ? (items[0]?.start ?? 0) : 0;
  const after_px = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const dragged_row = dragged && rows.find((one) => one.key === dragged.key)?.row;

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
          <TableHead />
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
        <TableFoot
          draft={draft}
          total={lines.length}
          shown={shown.length}
          onAdd={locked ? undefined : () => addRow("")}
          onMatch={onMatch}
        />
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
      {asked && (
        <RowDialogs
          asked={asked}
          setAsked={setAsked}
          draft={draft}
          rows={rows}
          names={names}
          reorder={reorder}
          without={[
            ...(onSettings ? [] : ["settings" as const]),
            ...(onMapValues ? [] : ["values" as const]),
          ]}
          onAct={act}
          setGoal={setGoal}
        />
      )}
    </div>
  );
}

const noMatchTitle = (words: string, filter: Filter) => {
  const among = filter === "all" ? "" : ` among ${filter_titles[filter]}`;
  return words ? `No field with “${words}”${among}` : `No row${among}`;
};
