import { useCallback, useEffect, useRef, useState } from "react";
import { holdWithin, type Leaving } from "../../frame";
import type { ExportDraft } from "./export";
import type { MappingDrafts } from "./mapping";
import type { TabId } from "./tabs";

const dialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** All that is not saved on the page, whichever tab it belongs to: saved, discarded and guarded as one. */
export function useUnsaved(settings: ExportDraft, mappings: MappingDrafts, open: (tab: TabId) => void) {
  const [note, setNote] = useState("");
  const [leaving, setLeaving] = useState<{ go: () => void; what: Leaving } | null>(null);
  const changes = [...settings.changes, ...mappings.changes];
  const changed = changes.length > 0;
  const saving = settings.saving || mappings.saving;

  const save = async (): Promise<boolean> => {
    const settings_saved = settings.changes.length === 0 || (await settings.save());
    const mappings_saved = mappings.changes.length === 0 || (await mappings.save(note.trim()));
    if (mappings_saved) setNote("");
    if (!settings_saved) {
      open("export");
      if (settings.errorCount > 0) settings.showFirstError();
    } else if (!mappings_saved) open("mapping");
    return settings_saved && mappings_saved;
  };
  const discard = () => {
    settings.discard();
    mappings.discard();
    setNote("");
  };

  useEffect(
    () => (changed ? holdWithin("/integration", (go, what) => setLeaving({ go, what })) : undefined),
    [changed],
  );
  const latest = useRef({ changed, saving, save });
  latest.current = { changed, saving, save };
  const saveOnce = useCallback(
    (): Promise<boolean> => (latest.current.saving ? Promise.resolve(false) : latest.current.save()),
    [],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
      // The web view's own "save page" is never meant.
      event.preventDefault();
      if (latest.current.changed && !dialogOpen()) void saveOnce();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [saveOnce]);

  return {
    changes,
    errorCount: settings.errorCount + mappings.errorCount,
    saving,
    note,
    setNote,
    save: () => void saveOnce(),
    discard,
    showFirstError: () => {
      const tab = settings.errorCount > 0 ? "export" : "mapping";
      open(tab);
      if (tab === "export") settings.showFirstError();
      else mappings.showFirstError();
    },
    /** What waits for an answer; `null` while nobody wants to leave. */
    leaving: leaving?.what ?? null,
    stay: () => setLeaving(null),
    discardAndGo: () => {
      discard();
      setLeaving(null);
      leaving?.go();
    },
    saveAndGo: () =>
      void saveOnce().then((saved) => {
        setLeaving(null);
        if (saved) leaving?.go();
      }),
  };
}
