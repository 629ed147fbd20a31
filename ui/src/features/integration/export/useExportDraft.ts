import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { call, query, toFault, type ExportSettings, type Fault, type Target } from "../../../ipc";
import { useToast } from "../../../kit";
import {
  changesOf,
  draftOf,
  errorsOf,
  settingsOf,
  type Draft,
  type ObjectDraft,
  type Place,
  type RulesDraft,
} from "./draft";

const settings_query = query("settings.export", {});

export type ExportDraft = ReturnType<typeof useExportDraft>;

/** The Export tab as it is being edited, kept while other tabs are looked at. */
export function useExportDraft() {
  const client = useQueryClient();
  const toast = useToast();
  const settings = useQuery<ExportSettings, Fault>(settings_query);
  const [edited, setEdited] = useState<Draft | null>(null);
  const [left, setLeft] = useState<ReadonlySet<Place> | "all">(new Set());
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);

  const saved = useMemo(() => settings.data && draftOf(settings.data), [settings.data]);
  const draft = edited ?? saved;
  const changes = useMemo(() => (draft && saved ? changesOf(draft, saved) : []), [draft, saved]);
  const errors = useMemo(() => (draft ? errorsOf(draft) : {}), [draft]);
  const errorCount = Object.keys(errors).length;

  const change = (edit: (now: Draft) => Draft) => {
    setFault(null);
    setEdited((now) => {
      const from = now ?? saved;
      return from ? edit(from) : now;
    });
  };
  const discard = () => {
    setEdited(null);
    setLeft(new Set());
    setFault(null);
  };
  const showFirstError = () => {
    setLeft("all");
    setTimeout(() =>
      document.querySelector<HTMLElement>('input[aria-invalid="true"], [data-invalid] input')?.focus(),
    );
  };
  const save = async (): Promise<boolean> => {
    if (!draft) return false;
    if (errorCount > 0) {
      showFirstError();
      return false;
    }
    setSaving(true);
    setFault(null);
    try {
      const answer = await call("settings.save_export", settingsOf(draft));
      client.setQueryData(settings_query.queryKey, answer);
      discard();
      toast({ text: "Export settings saved." });
      // What may be chosen for an export, and what stands against it, follows these settings.
      await client.invalidateQueries({ queryKey: ["export.options"] });
      return true;
    } catch (reason) {
      setFault(toFault(reason));
      return false;
    } finally {
      setSaving(false);
    }
  };

  return {
    settings,
    draft,
    saved,
    changes,
    errorCount,
    saving,
    fault,
    editObject: (object: Target, edit: Partial<ObjectDraft>) =>
      change((now) => ({
        ...now,
        objects: now.objects.map((one) => (one.object === object ? { ...one, ...edit } : one)),
      })),
    editRules: (edit: Partial<RulesDraft>) => change((now) => ({ ...now, rules: { ...now.rules, ...edit } })),
    discard,
    showFirstError,
    /** An error shows once its field was left; before that somebody is still typing. */
    errorAt: (place: Place): string | null =>
      (left === "all" || left.has(place) ? errors[place] : null) ?? null,
    leave: (place: Place) => setLeft((now) => (now === "all" ? now : new Set([...now, place]))),
    /** False when it was refused; then why is told. */
    save,
  };
}
