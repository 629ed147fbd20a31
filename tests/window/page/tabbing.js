// The body of a function with the argument "reset" | "stops" | "focused".
// "reset" takes the focus away; "stops" gives the description of everything that Tab must reach;
// "focused" describes what has the focus now, or null for the document itself.
const [question] = arguments;

function describe(element) {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const label = element.getAttribute('aria-label') || (element.labels && element.labels[0] && element.labels[0].innerText)
    || element.innerText || element.getAttribute('placeholder') || element.id || '';
  const ring = (one) => {
    const computed = getComputedStyle(one);
    return (computed.outlineStyle !== 'none' && parseFloat(computed.outlineWidth) > 0) || computed.boxShadow !== 'none';
  };
  // A control that is drawn by its parts shows the ring on them.
  const around = [element, element.parentElement, element.closest('label'), ...element.querySelectorAll('*')].filter(Boolean);
  return {
    key: element.dataset.tabStop,
    what: `${element.getAttribute('role') || element.tagName.toLowerCase()} "${label.replace(/\s+/g, ' ').trim().slice(0, 60)}"`,
    has_ring: around.some(ring),
    is_on_screen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth && style.visibility !== 'hidden',
  };
}

function mark() {
  let number = document.querySelectorAll('[data-tab-stop]').length;
  const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]');
  const groups = new Set();
  return Array.from(all).filter((element) => {
    if (element.disabled || element.tabIndex < 0 || element.type === 'hidden') return false;
    if (element.closest('[inert], [aria-hidden=true]')) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.dataset.focusScopeStart !== undefined || element.dataset.focusScopeEnd !== undefined) return false;
    if (element.type === 'radio') {
      const group = element.name;
      const chosen = document.querySelector(`input[type=radio][name="${CSS.escape(group)}"]:checked`);
      if (chosen ? chosen !== element : groups.has(group)) return false;
      groups.add(group);
    }
    element.dataset.tabStop = element.dataset.tabStop || String(++number);
    return true;
  });
}

if (question === 'reset') {
  if (document.activeElement) document.activeElement.blur();
  getSelection().removeAllRanges();
  return null;
}
if (question === 'stops') return mark().map(describe);
const focused = document.activeElement;
mark();
return !focused || focused === document.body || focused === document.documentElement ? null : describe(focused);
