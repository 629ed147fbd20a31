import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { gapFor, moveStep, moveToGap, spanOf, type DraftRow } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { rowName, targetName, type Names } from "./lines";

/** A pointer has to go this far before it drags: a click opens the menu. */
const threshold_px = 4;
const edge_px = 40;

interface Lifted {
  key: number;
  /** The order that is tried; the draft keeps its own until the row is dropped. */
  rows: DraftRow[];
}

export interface Dragged {
  key: number;
  gap: number | null;
  /** Where the line of the gap is drawn, in pixels from the top of the rows. */
  top: number;
}

const keyOf = (element: Element) => Number((element as HTMLElement).dataset.rowKey);

/** Reordering by keyboard and by pointer, told in words as it goes. */
export function useReorder({
  latest,
  names,
  scroller,
  body,
  ghost,
}: {
  latest: () => MappingDraft;
  names: () => Names;
  scroller: React.RefObject<HTMLElement | null>;
  body: React.RefObject<HTMLElement | null>;
  ghost: React.RefObject<HTMLElement | null>;
}) {
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [said, setSaid] = useState("");
  const was_dragged = useRef(false);
  const focus_key = useRef<number | null>(null);
  const stop_drag = useRef<(() => void) | null>(null);
  useEffect(() => () => stop_drag.current?.(), []);

  const handleOf = useCallback(
    (key: number) => body.current?.querySelector<HTMLElement>(`[data-row-key="${key}"] [data-handle]`),
    [body],
  );
  // A row that moves in the document loses the focus; it gets it back before anything is drawn.
  useLayoutEffect(() => {
    if (focus_key.current === null) return;
    const handle = handleOf(focus_key.current);
    if (!handle) return;
    if (document.activeElement !== handle) handle.focus({ preventScroll: true });
    handle.scrollIntoView?.({ block: "nearest" });
    if (!lifted) focus_key.current = null;
  });

  const place = useCallback(
    (rows: DraftRow[], key: number) => {
      const index = rows.findIndex((one) => one.key === key);
      const { start, end } = spanOf(rows, index);
      const row = rows[index]?.row;
      return end - start > 1 && row
        ? `${index - start + 1} of ${end - start} for ${targetName(row, names())}`
        : `row ${index + 1} of ${rows.length}`;
    },
    [names],
  );
  const nameOf = useCallback(
    (key: number) => {
      const row = latest().rows.find((one) => one.key === key)?.row;
      return row ? rowName(row, names()) : "";
    },
    [latest, names],
  );
  /** Commits an order as one step, named by what moved. */
  const commit = useCallback(
    (key: number, change: (rows: DraftRow[]) => DraftRow[]) => {
      const { rows, edit } = latest();
      const row = rows.find((one) => one.key === key)?.row;
      const after = change(rows);
      if (!row || after === rows || after.every((one, index) => one.key === rows[index]?.key)) return false;
      const index = rows.findIndex((one) => one.key === key);
      const { start, end } = spanOf(rows, index);
      edit(end - start > 1 ? `Order of ${targetName(row, names())}` : `Move ${rowName(row, names())}`, change);
      return true;
    },
    [latest, names],
  );

  const lift = useCallback(
    (key: number) => {
      const { rows } = latest();
      focus_key.current = key;
      setLifted({ key, rows });
      setSaid(
        `${nameOf(key)} lifted, ${place(rows, key)}. Up and down arrows move it, Enter drops it, Escape puts it back.`,
      );
    },
    [latest, nameOf, place],
  );
  const drop = useCallback(
    ({ key, rows }: Lifted) => {
      const order = rows.map((one) => one.key);
      commit(key, (now) =>
        now.length === order.length
          ? order.flatMap((one) => now.find((row) => row.key === one) ?? [])
          : now,
      );
      focus_key.current = key;
      setLifted(null);
      setSaid(`${nameOf(key)} dropped, ${place(rows, key)}.`);
    },
    [commit, nameOf, place],
  );
  const putBack = useCallback(
    (key: number, keep_focus: boolean) => {
      focus_key.current = keep_focus ? key : null;
      setLifted(null);
      setSaid(`${nameOf(key)} is back, ${place(latest().rows, key)}.`);
    },
    [latest, nameOf, place],
  );
  const moveAtOnce = useCallback(
    (key: number, step: -1 | 1) => {
      const after = moveStep(latest().rows, key, step);
      focus_key.current = key;
      const moved = commit(key, () => after);
      if (!moved) focus_key.current = null;
      setSaid(moved ? `${nameOf(key)} moved, ${place(after, key)}.` : `${nameOf(key)} cannot go farther.`);
    },
    [commit, latest, nameOf, place],
  );

  // Whoever goes elsewhere while a row is lifted leaves it where it was.
  useEffect(() => {
    if (!lifted) return undefined;
    const onFocusIn = (event: FocusEvent) => {
      if (event.target !== handleOf(lifted.key)) putBack(lifted.key, false);
    };
    document.addEventListener("focusin", onFocusIn);
    return () => document.removeEventListener("focusin", onFocusIn);
  }, [lifted, handleOf, putBack]);

  const onLiftedKey = useCallback(
    (event: KeyboardEvent, now: Lifted): boolean => {
      switch (event.key) {
        case "Enter":
        case " ":
          drop(now);
          return true;
        case "Escape":
          putBack(now.key, true);
          return true;
        case "ArrowUp":
        case "ArrowDown": {
          const rows = moveStep(now.rows, now.key, event.key === "ArrowUp" ? -1 : 1);
          focus_key.current = now.key;
          setLifted({ key: now.key, rows });
          setSaid(
            rows === now.rows ? `${nameOf(now.key)} cannot go farther.` : `${nameOf(now.key)}, ${place(rows, now.key)}.`,
          );
          return true;
        }
        default:
          return false;
      }
    },
    [drop, nameOf, place, putBack],
  );

  const onPointerDown = useCallback(
    (event: PointerEvent, key: number) => {
      if (event.button !== 0) return;
      was_dragged.current = false;
      const start = { x: event.clientX, y: event.clientY };
      let y = start.y;
      let now: Dragged | null = null;
      let frame = 0;
      const find = () => {
        const { rows } = latest();
        const elements = [...(body.current?.querySelectorAll("[data-row-key]") ?? [])];
        const below = elements.find((element) => {
          const box = element.getBoundingClientRect();
          return y < box.top + box.height / 2;
        });
        const last = elements.at(-1);
        const index = (element: Element | undefined) =>
          element ? rows.findIndex((one) => one.key === keyOf(element)) : -1;
        const raw = below ? index(below) : index(last) + 1;
        const gap = gapFor(rows, key, raw);
        const at = gap === null ? undefined : rows[gap]?.key;
        const edge = elements.find((element) => keyOf(element) === at) ?? below;
        const origin = body.current?.getBoundingClientRect().top ?? 0;
        const top = edge ? edge.getBoundingClientRect().top : (last?.getBoundingClientRect().bottom ?? 0);
        const next = { key, gap, top: top - origin };
        if (!now || now.gap !== next.gap || now.top !== next.top) setDragged(next);
        now = next;
      };
      const scroll = () => {
        const box = scroller.current?.getBoundingClientRect();
        if (box && scroller.current && box.height > 0) {
          const over = y < box.top + edge_px ? y - box.top - edge_px : Math.max(0, y - box.bottom + edge_px);
          if (over !== 0) {
            scroller.current.scrollTop += Math.max(-16, Math.min(16, over / 2));
            find();
          }
        }
        frame = requestAnimationFrame(scroll);
      };
      const float = (x: number) => {
        ghost.current?.style.setProperty("transform", `translate(${x + 12}px, ${y - 20}px)`);
      };
      const onMove = (move: globalThis.PointerEvent) => {
        y = move.clientY;
        if (!now) {
          if (Math.hypot(move.clientX - start.x, y - start.y) < threshold_px) return;
          was_dragged.current = true;
          frame = requestAnimationFrame(scroll);
          setSaid(`${nameOf(key)} lifted, ${place(latest().rows, key)}. Escape puts it back.`);
        }
        find();
        float(move.clientX);
        // The floating card is drawn only after the first move.
        requestAnimationFrame(() => float(move.clientX));
      };
      const stop = () => {
        cancelAnimationFrame(frame);
        window.removeEventListener("pointermove", onMove);
        window.removeEventListener("pointerup", onUp);
        window.removeEventListener("pointercancel", onCancel);
        window.removeEventListener("keydown", onKey, true);
        stop_drag.current = null;
        setDragged(null);
      };
      const onUp = (up: globalThis.PointerEvent) => {
        if (now) onMove(up);
        const gap = now?.gap ?? null;
        const dragging = now !== null;
        stop();
        if (!dragging) return;
        if (gap !== null) {
          focus_key.current = key;
          const after = moveToGap(latest().rows, key, gap);
          commit(key, () => after);
          setSaid(`${nameOf(key)} dropped, ${place(after, key)}.`);
        } else {
          setSaid(`${nameOf(key)} is back, ${place(latest().rows, key)}.`);
        }
        // The click that ends a drag comes right after and is none; a later one is.
        setTimeout(() => {
          was_dragged.current = false;
        });
      };
      const onCancel = () => {
        const dragging = now !== null;
        stop();
        if (dragging) setSaid(`${nameOf(key)} is back, ${place(latest().rows, key)}.`);
      };
      const onKey = (pressed: globalThis.KeyboardEvent) => {
        if (pressed.key !== "Escape") return;
        pressed.preventDefault();
        pressed.stopPropagation();
        onCancel();
      };
      window.addEventListener("pointermove", onMove);
      window.addEventListener("pointerup", onUp);
      window.addEventListener("pointercancel", onCancel);
      window.addEventListener("keydown", onKey, true);
      stop_drag.current = stop;
    },
    [body, commit, ghost, latest, nameOf, place, scroller],
  );

  return { lifted, dragged, said, say: setSaid, lift, onLiftedKey, moveAtOnce, commit, onPointerDown, handleOf, was_dragged };
}

/** What a table can move, and how it says so. */
export type Reorder = ReturnType<typeof useReorder>;
