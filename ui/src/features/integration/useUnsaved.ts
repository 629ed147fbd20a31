import { useCallback, useEffect, useRef, useState } from "react";
import { holdWithin, type Leaving } from "../../frame";
import type { ExportDraft } from "./export";
import type { MappingDrafts } from "./mapping";
import type { TabId } from "./tabs";
import type { UserDraft } from "./users";

const dialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** All that is not saved on the page, whichever tab it belongs to: saved, discarded and guarded as one. */
export function useUnsaved(
  settings: ExportDraft,
  mappings: MappingDrafts,
  users: UserDraft,
  open: (tab: TabId) => void,
) {
  const [note, setNote] = useState("");
  const [leaving, setLeaving] = useState<{ go: () => void; what: Leaving } | null>(null);
  const changes = [...settings.changes, ...mappings.changes, ...users.changes];
  const changed = changes.length > 0;
  const saving = settings.saving || mappings.saving || users.saving;

  const save = async (): Promise<boolean> => {
    const settings_saved = settings.changes.length === 0 || (await settings.save());
    const mappings_saved = mappings.changes.length === 0 || (await mappings.save(note.trim()));
    const users_saved = users.changes.length === 0 || (await users.save());
    if (mappings_saved) setNote("");
    if (!settings_saved) {
      open("export");
      if (settings.errorCount > 0) settings.showFirstError();
    } else if (!mappings_saved) open("mapping");
    else if (!users_saved) open("users");
    return settings_saved && mappings_saved && users_saved;
  };
  const discard = () => {
    settings.discard();
    mappings.discard();
    users.discard();
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
    errorCount: settings.errorCount + mappings.errorCount + users.errorCount,
    saving,
    note,
    setNote,
    save: () => void saveOnce(),
    discard,
    showFirstError: () => {
      const [tab, draft] =
        settings.errorCount > 0
          ? (["export", settings] as const)
          : mappings.errorCount > 0
            ? (["mapping", mappings] as const)
            : (["users", users] as const);
      open(tab);
      draft.showFirstError();
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
