import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { count, readWhole } from "../../../format";
import { call, query, toFault, type ExportSettings, type Fault, type Target } from "../../../ipc";
import { useToast } from "../../../kit";
import { target_words } from "../../words";

const settings_query = query("settings.export", {});

interface Line {
  allowed: boolean;
  limit: string;
}

type Lines = Partial<Record<Target, Line>>;

const limitError = (line: Line): string | null => {
  const limit = readWhole(line.limit);
  return limit === null || limit < 1 || limit > 100_000 ? `Enter 1 to ${count(100_000)}.` : null;
};

export type ExportDraft = ReturnType<typeof useExportDraft>;

/** The Export tab as it is being edited, kept while other tabs are looked at. */
export function useExportDraft() {
  const client = useQueryClient();
  const toast = useToast();
  const settings = useQuery<ExportSettings, Fault>(settings_query);
  const [edits, setEdits] = useState<Lines>({});
  const [left, setLeft] = useState<ReadonlySet<Target>>(new Set());
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);

  const lines = useMemo(
    () =>
      (settings.data?.objects ?? []).map((object) => {
        const saved: Line = { allowed: object.allowed, limit: count(object.limit_records) };
        const line = edits[object.object] ?? saved;
        return {
          object: object.object,
          ...line,
          allowedChanged: line.allowed !== saved.allowed,
          limitChanged: readWhole(line.limit) !== object.limit_records,
          error: limitError(line),
        };
      }),
    [edits, settings.data],
  );
  const changes = lines.flatMap((line) => [
    ...(line.allowedChanged ? [`${target_words[line.object].many} ${line.allowed ? "on" : "off"}`] : []),
    ...(line.limitChanged ? [`limit of ${target_words[line.object].many}`] : []),
  ]);
  const errorCount = lines.filter((line) => line.error !== null).length;

  const edit = (object: Target, change: Partial<Line>) => {
    setFault(null);
    setEdits((now) => {
      const line = lines.find((one) => one.object === object);
      return {
        ...now,
        [object]: { allowed: line?.allowed ?? false, limit: line?.limit ?? "", ...now[object], ...change },
      };
    });
  };
  const discard = () => {
    setEdits({});
    setLeft(new Set());
    setFault(null);
  };
  const showFirstError = () => {
    setLeft(new Set(lines.map((line) => line.object)));
    setTimeout(() => document.querySelector<HTMLElement>('input[aria-invalid="true"]')?.focus());
  };
  const save = async (): Promise<boolean> => {
    if (errorCount > 0) {
      showFirstError();
      return false;
    }
    setSaving(true);
    setFault(null);
    try {
      const objects = lines.map((line) => ({
        object: line.object,
        allowed: line.allowed,
        limit_records: readWhole(line.limit) ?? 0,
      }));
      client.setQueryData(settings_query.queryKey, await call("settings.save_export", { objects }));
      setEdits({});
      setLeft(new Set());
      toast({ text: "Export settings saved." });
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
    lines,
    changes,
    errorCount,
    saving,
    fault,
    edit,
    discard,
    showFirstError,
    /** An error shows once the field was left; before that somebody is still typing. */
    showsError: (object: Target) => left.has(object),
    leave: (object: Target) => setLeft((now) => new Set([...now, object])),
    /** False when it was refused; then why is told. */
    save,
  };
}
