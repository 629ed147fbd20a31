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
import { draftReducer, empty_draft, isChanged, keepKeys, same, sameRows, together, type DraftRow } from "./draft";
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
  /** Shows results for another order of the rows, without an edit; `null` goes back to the rows. */
  setTried(rows: DraftRow[] | null): void;
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
  /** Saves an earlier version as a new one; its rows come into the editor as one undo step. Rejects with a `Fault`. */
  restore(version: number): Promise<SavedMapping>;
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
  const [tried, setTried] = useState<DraftRow[] | null>(null);
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

  const asked = useAnswers({ on: adopted !== undefined, object, rows, tried, sample, record, round: adopted });
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
  const restore = useCallback<MappingDraft["restore"]>(
    async (version) => {
      const restored = await call("mapping.restore", { object, version });
      const others = together(restored.rows);
      edit(`Restore version ${version}`, (now) => (sameRows(now, others) ? now : keepKeys(now, others)));
      dispatch({ do: "saved", rows: restored.rows, sent: [] });
      adopt(restored);
      return restored;
    },
    [adopt, edit, object],
  );
  const takeBack = useCallback(
    async (version: number) => {
      try {
        const restored = await restore(version);
        toast({ text: `Version ${version} is back, as version ${restored.version}.` });
      } catch (reason) {
        setFault(toFault(reason));
      }
    },
    [restore, toast],
  );
  const save = useCallback(
    async (note: string): Promise<boolean> => {
      const sent = latest.current.rows;
      const before = latest.current.saved?.version ?? 0;
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
          if (answer.problems.some((problem) => problem.code === "newer_version")) {
            // Nothing in the rows is to be mended: the next save is on top of what somebody else saved.
            void client.invalidateQueries({ queryKey: saved_query.queryKey });
          } else setRefused({ answer: answer.problems, keys: sent.map((one) => one.key) });
          setFault({ code: "invalid", sentence: answer.sentence, detail: null, field: null });
          const first = answer.problems.find((problem) => problem.row !== null)?.row;
          if (first) showRow(first);
          return false;
        }
        dispatch({ do: "saved", rows: answer.saved.rows, sent });
        adopt(answer.saved);
        const { version } = answer.saved;
        if (version === before) {
          toast({ text: answer.warning });
          return true;
        }
        setWarning(answer.warning);
        toast({
          text: `${target_words[object].one} mapping saved as version ${version}.`,
          ...(before > 0 ? { action: { text: "Undo", act: () => void takeBack(before) } } : {}),
        });
        return true;
      } catch (reason) {
        setFault(toFault(reason));
        return false;
      } finally {
        setSaving(false);
      }
    },
    [adopt, client, object, saved_query, showRow, takeBack, tidy, toast],
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
    setTried,
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
    restore,
    readFault: saved.error,
    retry: () => void saved.refetch(),
    showRow,
    shown,
  };
}
