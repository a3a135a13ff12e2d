// @ts-check
/**
 * Returns the element of the page with this id.
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 * @returns {E}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element ${id}.`);
  return /** @type {E} */ (element);
}

/**
 * Makes a new element. The browser shows its texts as they are, and never as markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @param {...(string | Node)} children
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/** Escape sequences of a terminal: colors, movements of the cursor, and titles. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression looks for control characters.
const SEQUENCES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-Z\\^-~])/g;
const INVISIBLE = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Returns a text as the page shows it. Escape sequences of terminals are removed. Except for tabs, a dot replaces every
 * character that is invisible or changes the direction of the text.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(SEQUENCES, "").replace(INVISIBLE, "·");
}

/**
 * Sets a text only if it has changed, because a new text would remove the user's selection.
 * @param {Node} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Sets the texts of cells, in their order.
 * @param {Iterable<Element>} cells
 * @param {readonly string[]} texts
 */
export function setCells(cells, texts) {
  for (const [at, cell] of [...cells].entries()) setText(cell, texts[at] ?? "");
}

/**
 * Updates the children of an element to match a list. The element of a key stays the same as long as the key is in the
 * list, so that the element keeps the focus.
 * @template T
 * @param {HTMLElement} parent
 * @param {readonly T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => HTMLElement} make
 * @param {(element: HTMLElement, item: T) => void} update
 */
export function keyed(parent, items, keyOf, make, update) {
  const old = new Map([...parent.children].map((child) => [/** @type {HTMLElement} */ (child).dataset.key, child]));
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const child = /** @type {HTMLElement} */ (old.get(key) ?? make(item));
    old.delete(key);
    child.dataset.key = key;
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
    update(child, item);
  }
  for (const child of old.values()) child.remove();
}

/**
 * Returns a duration such as `1m10s`, in the form of the provider's HTML report.
 * @param {number | null} seconds
 */
export function duration(seconds) {
  if (seconds === null) return "";
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return minutes === 0 ? `${hours}h` : `${hours}h${minutes}m`;
  if (minutes > 0) return rest === 0 ? `${minutes}m` : `${minutes}m${rest}s`;
  return `${rest}s`;
}

/** @type {readonly string[]} */
const UNITS = ["B", "kB", "MB", "GB", "TB"];

/**
 * Returns a size such as `4.2 MB`, in the form that the command line uses.
 * @param {number} bytes
 */
export function size(bytes) {
  let [amount, unit] = [bytes, 0];
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${unit === 0 || amount >= 9.95 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[unit]}`;
}
