// @ts-check
import { byId, element, setText, visible } from "./elements.mjs";

/** @typedef {import("../server/page-view").PageLine} PageLine */

/** The largest number of lines that are shown. With all lines, the page would be too slow. */
export const MOST_LINES = 1000;

/** The lines of one run on the page. */
export class Output {
  #log = byId("log");
  /** The number of the first line of output that the page does not have yet. */
  #next = 0;
  /** The number of lines that are missing before or between the shown lines. */
  #gap = 0;

  constructor() {
    // With a tab index, keyboard users can scroll the output in all browsers.
    this.#log.tabIndex = 0;
  }

  get next() {
    return this.#next;
  }

  /** Removes all lines. Called before the page shows another run. */
  clear() {
    this.#log.replaceChildren();
    this.#next = 0;
    this.#gap = 0;
    this.#note();
  }

  /** @param {readonly PageLine[]} lines */
  add(lines) {
    const added = lines.filter(({ index }) => index >= this.#next);
    if (added.length === 0) return;
    for (const line of added) {
      this.#gap += line.index - this.#next;
      this.#next = line.index + 1;
    }
    this.#log.append(...added.map(lineElement));
    while (this.#log.childElementCount > MOST_LINES) {
      this.#log.firstElementChild?.remove();
      this.#gap += 1;
    }
    this.#note();
    const follow = /** @type {HTMLInputElement} */ (byId("follow"));
    if (follow.checked) this.#log.scrollTop = this.#log.scrollHeight;
  }

  #note() {
    const left = this.#gap === 0 ? "" : ` ${this.#gap} ${this.#gap === 1 ? "line is" : "lines are"} left out.`;
    const all = this.#next === 0 ? "No output yet." : `The last ${MOST_LINES} lines at most.`;
    setText(byId("log-note"), `${all}${left}`);
  }
}

/** @param {PageLine} line */
function lineElement({ service, message, omitted }) {
  const more = omitted === 0 ? "" : ` … ${omitted} more characters`;
  // Without `bdi`, right-to-left text would move the name of the service or the text after it.
  const made = element("div", "", element("bdi", "", visible(message)), more);
  if (service !== "") made.prepend(element("b", "", element("bdi", "", visible(service))), " | ");
  return made;
}
