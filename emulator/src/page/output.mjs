// @ts-check
import { byId, element, setText, visible } from "./elements.mjs";
import { setOptions } from "./filters.mjs";

/** @typedef {import("../server/page/view").PageLine} PageLine */

/**
 * The page shows at most `MOST_LINES` lines of a run. `FIRST_LINES` of these lines are the first lines of the output.
 */
export const MOST_LINES = 1000;
const FIRST_LINES = 100;

/** The lines of one run on the page: the first lines, a line about the omitted lines, and the newest lines. */
export class Output {
  #log = byId("log");
  /** The number of the first line of output that the page does not have yet. */
  #next = 0;
  /** The number of lines that the page shows before the line about the omitted lines. */
  #first = 0;
  /** @type {HTMLElement[]} the lines that the page shows after the line about the omitted lines */
  #newest = [];
  /** The number of lines of output that the page does not show, between the first lines and the newest lines. */
  #omitted = 0;
  #gap = element("div", "");
  /** The services that wrote the lines so far. */
  #services = /** @type {Set<string>} */ (new Set());
  #service = /** @type {HTMLSelectElement} */ (byId("log-service"));

  constructor() {
    this.#service.addEventListener("change", () => {
      for (const line of this.#log.children) this.#fit(line);
      this.#note();
      this.#log.scrollTop = this.#log.scrollHeight;
    });
    this.#offer();
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
    this.#first = 0;
    this.#newest = [];
    this.#omitted = 0;
    this.#services.clear();
    this.#service.value = "";
    this.#offer();
    this.#note();
  }

  /** @param {readonly PageLine[]} lines */
  add(lines) {
    const added = lines.filter(({ index }) => index >= this.#next);
    if (added.length === 0) return;
    for (const line of added) this.#addLine(line);
    // The line about the omitted lines is also one of the {@link MOST_LINES} lines.
    this.#leaveOut(this.#newest.length + FIRST_LINES + 1 - MOST_LINES, 0);
    this.#offer();
    this.#note();
    const follow = /** @type {HTMLInputElement} */ (byId("follow"));
    if (follow.checked) this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** @param {PageLine} line */
  #addLine(line) {
    const missing = line.index - this.#next;
    this.#next = line.index + 1;
    // The page shows at most one gap in the output. If there is a second gap, the lines between the two gaps are
    // removed from the page.
    if (missing > 0) this.#leaveOut(this.#newest.length, missing);
    const made = lineElement(line);
    this.#services.add(visible(line.service));
    this.#fit(made);
    this.#log.append(made);
    if (this.#omitted === 0 && this.#first < FIRST_LINES) this.#first += 1;
    else this.#newest.push(made);
  }

  /**
   * @param {number} shown the number of lines to remove from the page
   * @param {number} missing the number of lines that the page did not get
   */
  #leaveOut(shown, missing) {
    if (shown <= 0 && missing <= 0) return;
    const removed = this.#newest.splice(0, Math.max(0, shown));
    for (const line of removed) line.remove();
    if (this.#omitted === 0) this.#log.insertBefore(this.#gap, this.#log.children[this.#first] ?? null);
    this.#omitted += removed.length + missing;
    setText(this.#gap, `[emulator] ${this.#omitted} ${this.#omitted === 1 ? "line is" : "lines are"} left out here.`);
  }

  #note() {
    const left =
      this.#omitted === 0 ? "" : ` ${this.#omitted} ${this.#omitted === 1 ? "line is" : "lines are"} left out.`;
    const count = this.#next === 1 ? "1 line." : `${this.#next} lines.`;
    const all = this.#next === 0 ? "No output yet." : this.#omitted === 0 ? count : `${MOST_LINES} lines at most.`;
    const service = this.#service.value === "" ? "" : ` Only lines of ${this.#service.value} are shown.`;
    setText(byId("log-note"), `${all}${left}${service}`);
  }

  /** Lists the services from which the user can choose. */
  #offer() {
    setOptions("log-service", "all services", [...this.#services].filter((service) => service !== "").sort());
  }

  /**
   * Hides a line if another service is chosen. Lines of the emulator have no service, and stay visible.
   * @param {Element} line
   */
  #fit(line) {
    const { service = "" } = /** @type {HTMLElement} */ (line).dataset;
    const chosen = this.#service.value;
    /** @type {HTMLElement} */ (line).hidden = chosen !== "" && service !== "" && service !== chosen;
  }
}

/** @param {PageLine} line */
function lineElement({ service, message, omitted }) {
  const more = omitted === 0 ? "" : ` … ${omitted} more characters`;
  // Without `bdi`, right-to-left text would move the name of the service or the text after it.
  const made = element("div", "", element("bdi", "", visible(message)), more);
  made.dataset.service = visible(service);
  if (service !== "") made.prepend(element("b", "", element("bdi", "", visible(service))), " | ");
  return made;
}
