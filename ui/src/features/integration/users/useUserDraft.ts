import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { counted } from "../../../format";
import { useRight } from "../../../frame";
import { call, query, toFault, type Fault, type PersonMapping, type UserMappings } from "../../../ipc";
import { useToast } from "../../../kit";
import { changesOf, choose, inOrder, type Choice, type Choices } from "./draft";

const mapping_query = query("people.mapping", {});
const none: Choices = new Map();

interface Step {
  label: string;
  choices: Choices;
}

export type UserDraft = ReturnType<typeof useUserDraft>;

/** The User Mapping tab as it is being edited, kept while other tabs are looked at. */
export function useUserDraft() {
  const client = useQueryClient();
  const toast = useToast();
  const right = useRight("map_users");
  const [on, setOn] = useState(false);
  const mappings = useQuery<UserMappings, Fault>({ ...mapping_query, enabled: on && right.may });
  const [choices, setChoices] = useState<Choices>(none);
  const [past, setPast] = useState<Step[]>([]);
  const [future, setFuture] = useState<Step[]>([]);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [refused, setRefused] = useState<ReadonlyMap<number, string>>(new Map());
  const [shown, setShown] = useState<{ person: number; time: number } | null>(null);

  const people = useMemo(() => inOrder(mappings.data?.people ?? []), [mappings.data]);
  const tidy = () => {
    setFault(null);
    setRefused(new Map());
  };
  const set = useCallback(
    (label: string, chosen: PersonMapping[], choice: Choice) => {
      tidy();
      setPast((now) => [...now, { label, choices }]);
      setFuture([]);
      setChoices(choose(choices, chosen, choice));
    },
    [choices],
  );
  const undo = useCallback(() => {
    const step = past.at(-1);
    if (!step) return;
    tidy();
    setPast(past.slice(0, -1));
    setFuture([...future, { label: step.label, choices }]);
    setChoices(step.choices);
  }, [choices, future, past]);
  const redo = useCallback(() => {
    const step = future.at(-1);
    if (!step) return;
    tidy();
    setFuture(future.slice(0, -1));
    setPast([...past, { label: step.label, choices }]);
    setChoices(step.choices);
  }, [choices, future, past]);
  const forget = () => {
    setChoices(none);
    setPast([]);
    setFuture([]);
    tidy();
  };

  /** Puts a refusal at the person's row, where it names one. */
  const refuse = (reason: Fault) => {
    const person = Number(/^changes\.(\d+)$/.exec(reason.field ?? "")?.[1]);
    if (choices.has(person)) {
      setRefused(new Map([[person, reason.sentence]]));
      setShown({ person, time: Date.now() });
    }
    setFault(reason);
  };
  const save = async (): Promise<boolean> => {
    setSaving(true);
    tidy();
    try {
      client.setQueryData(mapping_query.queryKey, await call("people.save_mapping", { changes: changesOf(choices) }));
      toast({ text: `${counted(choices.size, "user mapping", "user mappings")} saved.` });
      forget();
      return true;
    } catch (reason) {
      refuse(toFault(reason));
      return false;
    } finally {
      setSaving(false);
    }
  };
  const firstError = [...refused.keys()][0];
  return {
    right,
    mappings,
    people,
    choices,
    refused,
    set,
    undo,
    redo,
    undoLabel: past.at(-1)?.label ?? null,
    redoLabel: future.at(-1)?.label ?? null,
    changes: choices.size > 0 ? [counted(choices.size, "user mapping", "user mappings")] : [],
    errorCount: refused.size,
    saving,
    fault,
    save,
    discard: forget,
    /** The person whose row was last asked to be shown. */
    shown,
    showFirstError: () => {
      if (firstError !== undefined) setShown({ person: firstError, time: Date.now() });
    },
    /** Says that somebody looks at the tab; nothing is read before. */
    look: useCallback(() => setOn(true), []),
  };
}
