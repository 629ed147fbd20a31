// The body of a function without arguments; returns the names of the controls that cannot be used by pointer: after everything
// around them was scrolled, their middle lies outside the window, or something else lies over it.
const asked = document.querySelector('[role=dialog], [role=alertdialog]') || document;
const CONTROLS = 'button, a[href], input, select, textarea, [role=tab], [role=switch]';

function isShown(element) {
  if (element.closest('[aria-hidden=true], [inert]')) return false;
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
}

function isReached(element) {
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  if (x < 0 || y < 0 || x > window.innerWidth || y > window.innerHeight) return false;
  const there = document.elementFromPoint(x, y);
  // A field that is drawn by its label is pressed there.
  const label = element.labels && element.labels[0];
  return there !== null && (element.contains(there) || there.contains(element) || Boolean(label && label.contains(there)));
}

return Array.from(asked.querySelectorAll(CONTROLS))
  .filter(isShown)
  // Rows of a long table are replaced as it scrolls.
  .filter((element) => element.isConnected && !isReached(element) && element.isConnected)
  .map((element) => (element.getAttribute('aria-label') || element.innerText || element.name || element.tagName).trim());
