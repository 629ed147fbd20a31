import { useEffect, useRef } from "react";
import { goTo } from "./guard";
import { pages } from "./pages";

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);

const dialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** F6 goes round the regions of the window: navigation, top bar, page header, content, the bar at the foot. */
function nextRegion(backwards: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")];
  if (regions.length === 0) return;
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  for (let step = 1; step <= regions.length; step++) {
    const index = (here + (backwards ? -step : step) + regions.length * 2) % regions.length;
    const goal = regions[index]?.querySelector<HTMLElement>(
      'a[href], button:not([tabindex="-1"]), input:not([tabindex="-1"]), [tabindex="0"]',
    );
    if (goal) {
      goal.focus();
      return;
    }
  }
}

/** The keys that work everywhere. */
export function useShortcuts(actions: { onSearch: () => void; onHelp: () => void }): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || dialogOpen()) return;
      const command = event.ctrlKey || event.metaKey;
      const page = event.altKey && !command ? pages[Number(event.code.replace("Digit", "")) - 1] : undefined;
      if (page) goTo(page.path);
      else if (event.key === "F6") nextRegion(event.shiftKey);
      else if (command && event.key.toLowerCase() === "k") latest.current.onSearch();
      else if (command && event.key === "Enter") {
        const next = document.querySelector<HTMLElement>("[data-next-step]");
        if (!next) return;
        next.click();
      } else if (event.key === "?" && !typing(event.target)) latest.current.onHelp();
      else return;
      event.preventDefault();
    };
    // While capturing: parts like tabs and menus keep the keys that reach them to themselves.
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
}
