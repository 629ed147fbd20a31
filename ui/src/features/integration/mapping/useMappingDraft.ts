import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import {
  call,
  query,
  toFault,
  type ExistingRecord,
  type Fault,
  type ListCheck,
  type MappingFields,
  type MappingPreview,
  type MappingProblem,
  type MappingRow,
  type SampleChoice,
  type SavedMapping,
  type Target,
} from "../../../ipc";
import { useToast } from "../../../kit";
import { target_words } from "../../words";
import { alignListCheck, alignPreview, alignProblems, type Answered } from "./alignPreview";
import { draftReducer, empty_draft, isChanged, keepKeys, same, together, type DraftRow } from "./draft";
import { useAnswers } from "./useAnswers";

/** The mapping of one object as it is being edited. */
export interface MappingDraft {
  object: Target;
  saved: SavedMapping | undefined;
  rows: DraftRow[];
  /** Told of the rows as they stand: a row that is not answered yet keeps what was last said of it. */
  preview: MappingPreview | undefined;
  listCheck: ListCheck | undefined;
  /** Why the list was not checked. */
  listFault: Fault | null;
  fields: MappingFields | undefined;
  sample: SampleChoice;
  setSample(choice: SampleChoice): void;
  record: ExistingRecord | null;
  setRecord(record: ExistingRecord | null): void;
  /** One undo step, `label` in words: "Delete Job Title". Edits with the same `text` are one step. */
  edit(label: string, change: (rows: DraftRow[]) => DraftRow[], text?: string): void;
  /** Other rows in place of all, as one undo step. */
  replace(label: string, rows: MappingRow[]): void;
  undo(): void;
  redo(): void;
  undoLabel: string | null;
  redoLabel: string | null;
  changed: boolean;
  changes: string[];
  /** What refuses a save. */
  errors: MappingProblem[];
  discard(): void;
  save(note: string): Promise<boolean>;
  saving: boolean;
  fault: Fault | null;
  warning: string;
  adopt(saved: SavedMapping): void;
  /** Why the mapping could not be read, and reading it again. */
  readFault: Fault | null;
  retry(): void;
  /** Scrolls to a row, from 1, puts the focus there and marks it for a moment. */
  showRow(row: number): void;
  /** The row that was last asked to be shown. */
  shown: { key: number; time: number } | null;
}

/** One object's draft. `on` is false until somebody looks at mappings; nothing is asked before. */
export function useMappingDraft(object: Target, on: boolean, onShow: () => void): MappingDraft {
  const client = useQueryClient();
  const toast = useToast();
  const saved_query = useMemo(() => query("mapping.show", { object }), [object]);
  const saved = useQuery<SavedMapping, Fault>({ ...saved_query, enabled: on });
  const fields = useQuery<MappingFields, Fault>({ ...query("mapping.fields", { object }), enabled: on });
  const [state, dispatch] = useReducer(draftReducer, empty_draft);
  const [adopted, setAdopted] = useState<SavedMapping | undefined>(undefined);
  const [sample, setSampleChoice] = useState<SampleChoice>({ list_id: null, index: 0 });
  const [record, setRecord] = useState<ExistingRecord | null>(null);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [warning, setWarning] = useState("");
  const [refused, setRefused] = useState<Answered<MappingProblem[]> | null>(null);
  const [shown, setShown] = useState<MappingDraft["shown"]>(null);

  const { rows } = state;
  useEffect(() => {
    if (!saved.data) return;
    dispatch({ do: "adopt", saved: saved.data.rows });
    setAdopted(saved.data);
  }, [saved.data]);

  const asked = useAnswers({ on: adopted !== undefined, object, rows, sample, record, round: adopted });
  const preview = useMemo(
    () => asked.preview.answered && alignPreview(asked.preview.answered, rows),
    [asked.preview.answered, rows],
  );
  const listCheck = useMemo(
    () => asked.listCheck.answered && alignListCheck(asked.listCheck.answered, rows),
    [asked.listCheck.answered, rows],
  );
  const changed = useMemo(() => isChanged(state), [state]);
  const errors = useMemo(() => {
    const told = (preview?.problems ?? []).filter((problem) => problem.stops_saving);
    const more = refused ? alignProblems(refused, rows) : [];
    return [...told, ...more.filter((problem) => !told.some((one) => same(one, problem)))];
  }, [preview, refused, rows]);

  const latest = useRef({ rows, saved: adopted, errors });
  latest.current = { rows, saved: adopted, errors };
  const tidy = useCallback(() => {
    setFault(null);
    setWarning("");
    setRefused(null);
  }, []);
  const edit = useCallback<MappingDraft["edit"]>(
    (label, change, text) => {
      tidy();
      dispatch({ do: "edit", label, change, ...(text === undefined ? {} : { text }) });
    },
    [tidy],
  );
  const replace = useCallback<MappingDraft["replace"]>(
    (label, others) => edit(label, (now) => keepKeys(now, together(others))),
    [edit],
  );
  const adopt = useCallback(
    (other: SavedMapping) => client.setQueryData(saved_query.queryKey, other),
    [client, saved_query],
  );
  const showRow = useCallback(
    (row: number) => {
      const key = latest.current.rows[row - 1]?.key;
      onShow();
      if (key !== undefined) setShown({ key, time: Date.now() });
    },
    [onShow],
  );
  const save = useCallback(
    async (note: string): Promise<boolean> => {
      const sent = latest.current.rows;
      setSaving(true);
      tidy();
      try {
        const answer = await call("mapping.save", {
          object,
          rows: sent.map((one) => one.row),
          note,
          based_on_version: latest.current.saved?.version ?? null,
        });
        if (!answer.saved) {
          setRefused({ answer: answer.problems, keys: sent.map((one) => one.key) });
          setFault({ code: "invalid", sentence: answer.sentence, detail: null, field: null });
          const first = answer.problems.find((problem) => problem.row !== null)?.row;
          if (first) showRow(first);
          return false;
        }
        dispatch({ do: "saved", rows: answer.saved.rows, sent });
        adopt(answer.saved);
        setWarning(answer.warning);
        toast({ text: `${target_words[object].one} mapping saved as version ${answer.saved.version}.` });
        return true;
      } catch (reason) {
        setFault(toFault(reason));
        return false;
      } finally {
        setSaving(false);
      }
    },
    [adopt, object, showRow, tidy, toast],
  );

  return {
    object,
    saved: adopted,
    rows,
    preview,
    listCheck,
    listFault: asked.listCheck.fault,
    fields: fields.data,
    sample,
    setSample: useCallback((choice: SampleChoice) => {
      setSampleChoice(choice);
      setRecord(null);
    }, []),
    record,
    setRecord,
    edit,
    replace,
    undo: useCallback(() => {
      tidy();
      dispatch({ do: "undo" });
    }, [tidy]),
    redo: useCallback(() => {
      tidy();
      dispatch({ do: "redo" });
    }, [tidy]),
    undoLabel: state.past.at(-1)?.label ?? null,
    redoLabel: state.future.at(-1)?.label ?? null,
    changed,
    changes: changed ? (preview?.changes.length ? preview.changes : ["the mapping"]) : [],
    errors,
    discard: useCallback(() => {
      tidy();
      dispatch({ do: "discard" });
    }, [tidy]),
    save,
    saving,
    fault: fault ?? asked.preview.fault ?? fields.error,
    warning,
    adopt,
    readFault: saved.error,
    retry: () => void saved.refetch(),
    showRow,
    shown,
  };
}
