import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { MappingDraft } from "../useMappingDraft";
import type { Line } from "./lines";

const flash_ms = 1600;
/** A wish to be shown that is older was meant for a table that is gone. */
const wish_ms = 5000;

/** A row, and the part of it that gets the focus. */
export interface Goal {
  key: number;
  part: "source" | "fault" | "handle";
}

const selectors = {
  source: '[data-part="source"] :is(input, button)',
  fault: 'input[aria-invalid="true"], [data-part] button[data-invalid]',
  handle: "[data-handle]",
};

/**
 * Goes to a row once it is drawn: it may have to be scrolled to, or brought back from behind a filter. What another
 * part of the tab wants to be shown flashes for a moment.
 */
export function useGoal({
  draft,
  shown,
  body,
  isHidden,
  reveal,
  scrollTo,
  onWanted,
}: {
  draft: MappingDraft;
  shown: Line[];
  body: RefObject<HTMLElement | null>;
  /** Whether a row is there, behind a filter. */
  isHidden: (key: number) => boolean;
  /** Takes the filters away. */
  reveal: () => void;
  scrollTo: (index: number) => void;
  onWanted: () => void;
}) {
  const [goal, setGoal] = useState<Goal | null>(null);
  const [flashed, setFlashed] = useState<number | null>(null);
  const { shown: wanted } = draft;
  const wanted_before = useRef<number | null>(null);
  const told = useRef(onWanted);
  told.current = onWanted;
  useEffect(() => {
    if (!wanted || wanted.time === wanted_before.current || Date.now() - wanted.time > wish_ms) return;
    wanted_before.current = wanted.time;
    told.current();
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
      if (isHidden(goal.key)) reveal();
      else setGoal(null);
      return;
    }
    const row = body.current?.querySelector<HTMLElement>(`[data-row-key="${goal.key}"]`);
    if (!row) {
      scrollTo(index);
      return;
    }
    row.scrollIntoView?.({ block: "nearest" });
    const part = row.querySelector<HTMLElement>(selectors[goal.part]);
    (part ?? row.querySelector<HTMLElement>(selectors.handle))?.focus();
    setGoal(null);
  });
  return { flashed, setGoal };
}
