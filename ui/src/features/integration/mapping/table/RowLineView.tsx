import { Blocks, GripVertical, SlidersHorizontal, Trash2 } from "lucide-react";
import { memo, type KeyboardEvent, type PointerEvent } from "react";
import type { Finding } from "../../../../ipc";
import { classes, IconButton } from "../../../../kit";
import { same } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { rowName, type Names, type RowLine } from "./lines";
import { ResultCell, VerdictMark } from "./ResultCell";
import { SourceCell } from "./SourceCell";
import styles from "./Table.module.css";
import { TargetCell } from "./TargetCell";
import { UpdateCell } from "./UpdateCell";

/** What a row tells the table. The object stays the same, so that a row is drawn again only when it changed. */
export interface RowActs {
  onHandleKey: (event: KeyboardEvent, key: number) => void;
  onHandleDown: (event: PointerEvent, key: number) => void;
  onHandleClick: (key: number) => void;
  onHandleFocus: (key: number) => void;
  onRowKey: (event: KeyboardEvent, key: number) => void;
  onRowLeft: (key: number) => void;
  onMenu: (key: number) => void;
  onDelete: (key: number) => void;
  onExample: (finding: Finding) => void;
  onSettings: ((key: number) => void) | undefined;
  onMapValues: ((key: number) => void) | undefined;
}

export interface RowLineProps {
  line: RowLine;
  names: Names;
  draft: () => MappingDraft;
  acts: RowActs;
  /** Why nothing may be edited. */
  locked: string | undefined;
  tabStop: boolean;
  lifted: boolean;
  dragged: boolean;
  flashed: boolean;
}

export const RowLineView = memo(
  function RowLineView({ line, names, draft, acts, locked, tabStop, lifted, dragged, flashed }: RowLineProps) {
    const { key, number, view, of, position } = line;
    const name = rowName(line.row, names);
    const in_use = view?.hierarchy?.in_use ?? false;
    const place = of > 1 ? `, ${position} of ${of}` : "";
    return (
      <div
        role="row"
        className={classes(styles.row, styles.line)}
        data-row-key={key}
        data-group={of > 1 || undefined}
        data-joined={(of > 1 && position < of) || undefined}
        data-changed={line.changed || undefined}
        data-error={line.problems.length > 0 || undefined}
        data-lifted={lifted || undefined}
        data-dragged={dragged || undefined}
        data-flashed={flashed || undefined}
        onKeyDown={(event) => acts.onRowKey(event, key)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) acts.onRowLeft(key);
        }}
        onContextMenu={(event) => {
          if (locked || (event.target as HTMLElement).closest("input")) return;
          event.preventDefault();
          acts.onMenu(key);
        }}
      >
        <div role="cell" className={styles.order}>
          {!locked && (
            <button
              type="button"
              className={styles.handle}
              data-handle
              aria-label={`Move ${name}, row ${number}${place}`}
              aria-haspopup="menu"
              aria-roledescription="handle"
              title="Drag to move. Click for more."
              tabIndex={tabStop ? 0 : -1}
              onMouseDown={(event) => {
                // No text is to be selected while dragging.
                event.preventDefault();
                event.currentTarget.focus({ preventScroll: true });
              }}
              onPointerDown={(event) => acts.onHandleDown(event, key)}
              onKeyDown={(event) => acts.onHandleKey(event, key)}
              onClick={() => acts.onHandleClick(key)}
              onFocus={() => acts.onHandleFocus(key)}
            >
              <GripVertical size={14} strokeWidth={1.75} aria-hidden />
            </button>
          )}
          {of > 1 && (
            <span
              className={classes(styles.number, in_use && styles.inUse)}
              role="img"
              aria-label={`${position} of ${of}${in_use ? ", in use" : ""}`}
            >
              {position}
            </span>
          )}
        </div>
        <div role="cell" className={styles.cell}>
          <SourceCell line={line} draft={draft} names={names} locked={locked} />
        </div>
        <div role="cell" className={classes(styles.cell, styles.sample)}>
          {view?.sample_value ? (
            <span className={styles.clamp} title={view.sample_value}>
              {view.sample_value}
            </span>
          ) : (
            <span className={styles.blank}>(blank)</span>
          )}
        </div>
        <div role="cell" className={styles.cell}>
          <TargetCell line={line} draft={draft} names={names} locked={locked} />
        </div>
        <div role="cell" className={styles.cell}>
          <UpdateCell line={line} draft={draft} names={names} locked={locked !== undefined} />
        </div>
        <div role="cell" className={styles.cell}>
          <ResultCell line={line} onExample={acts.onExample} onMapValues={acts.onMapValues} />
          {line.row.block && (
            <span className={styles.block} title={`Block “${line.row.block}”: written whole or not at all`}>
              <Blocks size={12} strokeWidth={1.75} aria-hidden />
              {line.row.block}
            </span>
          )}
        </div>
        <div role="cell" className={styles.marks}>
          <VerdictMark line={line} />
          {acts.onSettings && (
            <IconButton
              small
              label={`Settings of row ${number}`}
              icon={<SlidersHorizontal size={14} strokeWidth={1.75} />}
              onClick={() => acts.onSettings?.(key)}
            />
          )}
          {!locked && (
            <IconButton
              small
              label={`Delete row ${number}`}
              icon={<Trash2 size={14} strokeWidth={1.75} />}
              onClick={() => acts.onDelete(key)}
            />
          )}
        </div>
      </div>
    );
  },
  (before, now) => {
    const { line: old_line, ...old } = before;
    const { line, ...rest } = now;
    return same(old_line, line) && Object.entries(rest).every(([name, value]) => old[name as keyof typeof old] === value);
  },
);
