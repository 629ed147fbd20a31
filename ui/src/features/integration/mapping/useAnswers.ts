import { useEffect, useRef, useState } from "react";
import { call, toFault, type ExistingRecord, type Fault, type ListCheck, type MappingPreview } from "../../../ipc";
import type { SampleChoice, Target } from "../../../ipc";
import type { Answered } from "./alignPreview";
import type { DraftRow } from "./draft";

const list_check_pause_ms = 250;

interface Asked<Answer> {
  answered: Answered<Answer> | undefined;
  fault: Fault | null;
}

/**
 * What the engine says about the rows as they stand. The preview is asked at each edit, one at a time: while one is on
 * its way the newest rows wait, and an answer about older rows is dropped. The list is checked when somebody pauses.
 */
export function useAnswers(question: {
  on: boolean;
  object: Target;
  rows: DraftRow[];
  /** The order that a lifted row is tried in; the preview is of it. */
  tried: DraftRow[] | null;
  sample: SampleChoice;
  record: ExistingRecord | null;
  /** Changes when the same question may have another answer. */
  round: unknown;
}) {
  const { on, object, rows, tried, sample, record, round } = question;
  const [preview, setPreview] = useState<Asked<MappingPreview>>({ answered: undefined, fault: null });
  const [listCheck, setListCheck] = useState<Asked<ListCheck>>({ answered: undefined, fault: null });
  const latest = useRef(question);
  const asking = useRef(false);
  const asked = useRef<typeof question | null>(null);
  const gone = useRef(false);
  latest.current = question;

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  useEffect(() => {
    if (!on || asking.current) return;
    const ask = async () => {
      asking.current = true;
      while (asked.current !== latest.current && !gone.current) {
        const now = latest.current;
        asked.current = now;
        const shown = now.tried ?? now.rows;
        const current = () =>
          latest.current.rows === now.rows &&
          latest.current.tried === now.tried &&
          latest.current.sample === now.sample &&
          latest.current.record === now.record &&
          latest.current.round === now.round;
        try {
          const answer = await call("mapping.preview", {
            object: now.object,
            rows: shown.map((one) => one.row),
            sample: now.sample,
            record: now.record,
          });
          if (current()) {
            setPreview({ answered: { answer, keys: shown.map((one) => one.key) }, fault: null });
          }
        } catch (reason) {
          if (current()) setPreview((before) => ({ ...before, fault: toFault(reason) }));
        }
        // Only what the question is made of counts, not that the page was drawn again.
        if (current()) asked.current = latest.current;
      }
      asking.current = false;
    };
    void ask();
  }, [on, object, rows, tried, sample, record, round]);

  const list_id = sample.list_id;
  useEffect(() => {
    if (!on || rows.length === 0) return undefined;
    let dropped = false;
    const timer = setTimeout(() => {
      call("mapping.check_list", { object, rows: rows.map((one) => one.row), list_id }).then(
        (answer) => {
          if (dropped || answer.superseded) return;
          setListCheck({ answered: { answer, keys: rows.map((one) => one.key), about: rows }, fault: null });
        },
        (reason: unknown) => {
          if (!dropped) setListCheck((before) => ({ ...before, fault: toFault(reason) }));
        },
      );
    }, list_check_pause_ms);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [on, object, rows, list_id, round]);

  return { preview, listCheck };
}
