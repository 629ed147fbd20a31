import { useCallback, useMemo, useRef, type KeyboardEvent } from "react";
import type { Finding } from "../../../../ipc";
import { useToast } from "../../../../kit";
import { blank_row, draftRow, duplicate, moveBlockStep, putBack, remove } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { rowName, type Line, type Names } from "./lines";
import type { RowActs } from "./RowLineView";
import type { RowAct } from "./RowMenu";
import type { Goal } from "./useGoal";
import type { Reorder } from "./useReorder";

/** What is asked of a row in its own menu or dialog. */
export interface Asked {
  what: "menu" | "position" | "block";
  key: number;
}

/** What can be done to a row: from its handle by key or click, from its menu, and from outside. */
export function useRowActs({
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
}: {
  latest: () => MappingDraft;
  latestNames: () => Names;
  shown: Line[];
  reorder: Reorder;
  setGoal: (goal: Goal) => void;
  setAsked: (asked: Asked) => void;
  /** Which row's handle the Tab key stops at. */
  setStop: (key: number) => void;
  /** Which row is new: its missing parts are no errors until it is left. */
  setFresh: (change: (now: number | null) => number | null) => void;
  onSettings: ((key: number) => void) | undefined;
  onMapValues: ((key: number) => void) | undefined;
}) {
  const toast = useToast();
  const latest_shown = useRef(shown);
  latest_shown.current = shown;
  const addRow = useCallback(
    (target: string) => {
      const one = draftRow({ ...blank_row, target });
      latest().edit("Add a field", (now) => [...now, one]);
      setFresh(() => one.key);
      setGoal({ key: one.key, part: "source" });
    },
    [latest, setFresh, setGoal],
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
      const label = `Delete ${rowName(one.row, latestNames())}`;
      edit(label, (now) => remove(now, key));
      if (next !== undefined) setGoal({ key: next, part: "handle" });
      toast({
        text: `${rowName(one.row, latestNames())} deleted.`,
        action: {
          text: "Undo",
          act: () => {
            const now = latest();
            if (now.undoLabel === label) now.undo();
            else if (!now.rows.some((other) => other.key === key)) {
              now.edit(`Put back ${rowName(one.row, latestNames())}`, (others) =>
                putBack(others, one, index),
              );
            }
            setGoal({ key, part: "handle" });
          },
        },
      });
    },
    [latest, latestNames, setGoal, toast],
  );

  const { lifted, lift, onLiftedKey, moveAtOnce, onPointerDown, was_dragged, say } = reorder;
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
  }, [
    deleteRow,
    latest,
    lift,
    moveAtOnce,
    onLiftedKey,
    onMapValues,
    onPointerDown,
    onSettings,
    setAsked,
    setFresh,
    setGoal,
    setStop,
    was_dragged,
  ]);

  /** What the menu of a row offers. */
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
        const before = latest().rows;
        const after = moveBlockStep(before, block, what === "block_up" ? -1 : 1);
        latest().edit(`Move block ${block}`, (now) => (after.length === now.length ? after : now));
        say(after === before ? `${block} cannot go farther.` : `Block ${block} moved.`);
        setGoal({ key, part: "handle" });
        break;
      }
      case "duplicate": {
        const row = latest().rows.find((one) => one.key === key)?.row;
        if (!row) break;
        const copy = draftRow(row);
        latest().edit(`Duplicate ${rowName(row, latestNames())}`, (now) => duplicate(now, key, copy));
        setGoal({ key: copy.key, part: "handle" });
        break;
      }
      case "delete":
        deleteRow(key);
        break;
    }
  };


  return { acts, act, addRow };
}
