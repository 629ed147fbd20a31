// The body of a function with the arguments (role, name, "exact" | "contains"); returns
// [{ element, name, is_focused, is_on }].
// Implicit roles and names follow HTML-AAM and the accessible name computation as far as this app's pages need them.
const [role, wanted, matching] = arguments;

const NATIVE = {
  alert: '', alertdialog: '', banner: 'header', button: 'button, summary, input[type=button], input[type=submit]',
  cell: 'td', checkbox: 'input[type=checkbox]', columnheader: 'thead th', combobox: 'select:not([multiple])',
  complementary: 'aside', dialog: 'dialog', figure: 'figure', form: 'form', grid: '', gridcell: '', group: 'fieldset',
  heading: 'h1, h2, h3, h4, h5, h6', img: 'img, svg[aria-label]', link: 'a[href]', list: 'ul, ol', listbox: 'select[multiple]',
  listitem: 'li', main: 'main', menu: '', menuitem: '', menuitemcheckbox: '', menuitemradio: '', meter: 'meter',
  navigation: 'nav', option: 'option', progressbar: 'progress', radio: 'input[type=radio]', radiogroup: '',
  region: 'section[aria-label], section[aria-labelledby]', row: 'tr', rowheader: 'tbody th', searchbox: 'input[type=search]',
  spinbutton: 'input[type=number]', status: 'output', switch: '', tab: '', table: 'table', tablist: '', tabpanel: '',
  textbox: 'input:not([type]), input[type=text], input[type=email], input[type=url], input[type=tel], input[type=password], textarea',
};
if (!(role in NATIVE)) throw new Error('by_role.js knows no role ' + role);

const NAMED_BY_CONTENT = new Set(['button', 'cell', 'checkbox', 'columnheader', 'gridcell', 'heading', 'link', 'listitem', 'menuitem',
  'menuitemcheckbox', 'menuitemradio', 'option', 'radio', 'row', 'rowheader', 'switch', 'tab', 'alert', 'status']);

const folded = (text) => text.replace(/\s+/g, ' ').trim();

function isShown(element) {
  if (element.closest('[aria-hidden=true], [inert]')) return false;
  return element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : element.getClientRects().length > 0;
}

function contentOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (node.getAttribute('aria-hidden') === 'true') return '';
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden') return '';
  // A label may hold its own control, whose value is no part of the name.
  if (node.matches('select, textarea')) return '';
  const label = node.getAttribute('aria-label') || (node.tagName === 'IMG' ? node.alt : '');
  const text = label || Array.from(node.childNodes, contentOf).join('');
  return style.display === 'inline' ? text : ' ' + text + ' ';
}

function nameOf(element) {
  const labelledBy = (element.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean);
  const others = labelledBy.map((id) => document.getElementById(id)).filter(Boolean);
  // A list may repeat the element's own id, to join its label with the words of another.
  const own = element.getAttribute('aria-label');
  if (others.length) return folded(others.map((other) => (other === element && own) || contentOf(other)).join(' '));
  if (own) return folded(own);
  if (element.labels && element.labels.length) return folded(Array.from(element.labels, contentOf).join(' '));
  if (element.tagName === 'IMG' && element.alt) return folded(element.alt);
  if (NAMED_BY_CONTENT.has(role)) {
    const content = folded(element.tagName === 'INPUT' ? element.value : contentOf(element));
    if (content) return content;
  }
  const caption = element.querySelector(':scope > caption, :scope > legend, :scope > figcaption');
  if (caption) return folded(contentOf(caption));
  return folded(element.getAttribute('title') || element.getAttribute('placeholder') || '');
}

// A control that is drawn by its label (a switch, a radio card) has a native input that no pointer can reach: it, or
// what holds it, is clipped to a dot or is transparent.
function target(element) {
  const label = element.labels && element.labels[0];
  if (!label) return element;
  for (let part = element; part && part !== label && part !== document.body; part = part.parentElement) {
    const box = part.getBoundingClientRect();
    if (box.width <= 2 || box.height <= 2 || getComputedStyle(part).opacity === '0') return label;
  }
  return element;
}

const selector = [`[role~="${role}"]`, NATIVE[role]].filter(Boolean).join(', ');
const expected = folded(wanted).toLowerCase();
const found = [];
for (const element of document.querySelectorAll(selector)) {
  const explicit = (element.getAttribute('role') || '').split(/\s+/)[0];
  if (explicit && explicit !== role) continue;
  if (!isShown(element)) continue;
  const name = nameOf(element);
  const given = name.toLowerCase();
  if (matching === 'exact' ? expected === '' || given === expected : given.includes(expected)) {
    found.push({
      element: target(element),
      name,
      is_focused: element === document.activeElement || (role === 'row' && element.contains(document.activeElement)),
      is_on: element.checked === true || element.getAttribute('aria-checked') === 'true',
    });
  }
}
return found;
