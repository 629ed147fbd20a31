import { useEffect, useRef, useState } from "react";
import { call, toFault, type Target } from "../../../ipc";
import type { MappingDraft } from "./useMappingDraft";

/** Whether the sample is shown as an update of the org's record, and how finding that record goes. */
export function useSampleRecord(draft: MappingDraft) {
  const [wanted, setWanted] = useState<ReadonlySet<Target>>(new Set());
  const [finding, setFinding] = useState(false);
  const [words, setWords] = useState("");
  const { object, sample, rows, setRecord } = draft;
  const on = wanted.has(object);
  const latest = useRef(rows);
  latest.current = rows;
  // The record is read with the mapped fields, so that another target asks for it again.
  const targets = on ? [...new Set(rows.map((one) => one.row.target))].sort().join() : "";
  useEffect(() => {
    setWords("");
    if (!on) return undefined;
    let dropped = false;
    setFinding(true);
    call("mapping.find_record", { object, rows: latest.current.map((one) => one.row), sample })
      .then(
        (record) => {
          if (dropped) return;
          setRecord(record);
          setWords(
            record
              ? `Updates ${record.name}, found by ${record.found_by}.`
              : "The org has no record of this profile, so it is shown as a new one.",
          );
        },
        (reason: unknown) => {
          if (!dropped) setWords(toFault(reason).sentence);
        },
      )
      .finally(() => {
        if (!dropped) setFinding(false);
      });
    return () => {
      dropped = true;
      setFinding(false);
    };
  }, [on, object, sample, targets, setRecord]);
  return {
    on,
    finding,
    words,
    setOn: (update: boolean) => {
      setWanted((now) => new Set(update ? [...now, object] : [...now].filter((one) => one !== object)));
      if (!update) setRecord(null);
    },
  };
}
