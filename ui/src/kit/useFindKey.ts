import { useEffect, useRef } from "react";

/** `/` and Ctrl F put the focus into the search of the table on this page. */
export function useFindKey() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.matches("input:not([type=checkbox]), textarea");
      const command = event.ctrlKey || event.metaKey;
      const finds = command ? event.key.toLowerCase() === "f" : event.key === "/" && !typing;
      if (!finds || event.altKey || !field.current) return;
      event.preventDefault();
      field.current.focus();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return field;
}
