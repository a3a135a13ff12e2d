// @ts-check
import { element } from "./elements.mjs";

/**
 * Makes a button that copies a text.
 * @param {string} what a name for the text, such as `the id`
 * @param {string} text
 */
export function copyButton(what, text) {
  const button = element("button", "copy", "Copy");
  button.type = "button";
  button.setAttribute("aria-label", `Copy ${what}`);
  setCopied(button, what, text);
  return button;
}

/**
 * Sets the text that a button copies.
 * @param {HTMLElement} button
 * @param {string} what a name for the text, such as `the id`
 * @param {string} text
 */
export function setCopied(button, what, text) {
  texts.set(button, { what, text });
}

/** The text of each button. A text may contain the API key, so no attribute of the page contains the text. */
const texts = /** @type {WeakMap<Element, { what: string, text: string }>} */ (new WeakMap());

/**
 * Copies the text of the button that was clicked.
 * @param {EventTarget | null} target
 * @returns {Promise<string> | undefined} the sentence for the user. Undefined if the target is not a copy button
 */
export function copyOf(target) {
  const copied = target instanceof Element ? texts.get(target) : undefined;
  if (copied === undefined) return undefined;
  const { what, text } = copied;
  return write(text).then((done) => (done ? `Copied: ${what}.` : "The browser does not allow to copy."));
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The browser may refuse access to the clipboard, for example to a page from another machine. Then the page selects
    // the text and copies the selection.
    return writeSelection(text);
  }
}

/** @param {string} text */
function writeSelection(text) {
  const field = element("textarea", "unseen");
  const focused = document.activeElement;
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
