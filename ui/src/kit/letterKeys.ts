import { useCallback, useSyncExternalStore } from "react";

const key = "landbridge.letterKeys";
const listeners = new Set<() => void>();
const read = () => localStorage.getItem(key) !== "off";

/** Whether single letters answer questions and act on rows while their grid has the focus. A preference of this machine. */
export function useLetterKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore((onChange) => {
    listeners.add(onChange);
    return () => listeners.delete(onChange);
  }, read);
  const choose = useCallback((next: boolean) => {
    if (next) localStorage.removeItem(key);
    else localStorage.setItem(key, "off");
    for (const listener of listeners) listener();
  }, []);
  return [on, choose];
}
