import { useCallback, useSyncExternalStore } from "react";

/** How the window looks: as the system does, or as the operator chose. It is a preference of this machine only. */
export type Theme = "system" | "light" | "dark";

const key = "landbridge.theme";
const listeners = new Set<() => void>();

function readTheme(): Theme {
  const kept = localStorage.getItem(key);
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** Puts the chosen theme on the document; called once before the first paint and at every change. */
export function applyTheme(): void {
  const theme = readTheme();
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore((onChange) => {
    listeners.add(onChange);
    return () => listeners.delete(onChange);
  }, readTheme);
  const choose = useCallback((next: Theme) => {
    localStorage.setItem(key, next);
    applyTheme();
    for (const listener of listeners) listener();
  }, []);
  return [theme, choose];
}
