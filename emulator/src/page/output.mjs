// @ts-check
import { byId, element, setText, visible } from "./elements.mjs";

/** @typedef {import("../server/page-view").PageLine} PageLine */

/** The newest lines that are shown: a page that grew with every line would stop to answer. */
export const MOST_LINES = 1000;

/** The lines of one run on the page. */
export class Output {
  #log = byId("log");
  /** The first line that is not here yet. */
  #next = 0;
  /** Of the lines that are shown, how many are missing before and between them. */
  #gap = 0;

  constructor() {
    // A reader without a mouse scrolls it with the keys, in every browser.
    this.#log.tabIndex = 0;
  }

  get next() {
    return this.#next;
  }

  /** Begins anew, for another run. */
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
  // `bdi`: letters that run from right to left do not move the name of the service, or what stands behind them.
  const made = element("div", "", element("bdi", "", visible(message)), more);
  if (service !== "") made.prepend(element("b", "", element("bdi", "", visible(service))), " | ");
  return made;
}
