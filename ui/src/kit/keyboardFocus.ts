/**
 * Marks the document while the keyboard is what moves the focus. In a dialog the focus is moved by a script, and
 * WebKit does not count that as `:focus-visible`, whatever key was pressed.
 */
export function markKeyboardFocus(): void {
  const { dataset } = document.documentElement;
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Tab") dataset.keys = "";
    },
    true,
  );
  window.addEventListener("pointerdown", () => delete dataset.keys, true);
}
