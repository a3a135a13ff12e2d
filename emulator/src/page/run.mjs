// @ts-check
import { ComposeText } from "./compose-text.mjs";
import { copyButton } from "./copy.mjs";
import { byId, duration, element, keyed, setText, visible } from "./elements.mjs";
import { RunFiles } from "./files.mjs";
import { Output } from "./output.mjs";
import { titleOf } from "./runs.mjs";
import { dateAndTimeOf, timeOf } from "./times.mjs";

/** @typedef {import("../server/page/view").PageRunDetail} PageRunDetail */
/** @typedef {{ name: string, value: string, copied?: string }} Fact */

/** The run that the page shows in full. */
export class ShownRun {
  /** @type {string | undefined} */
  #id;
  #output = new Output();
  #files = new RunFiles();
  #compose = new ComposeText();
  #status = "";
  #title = "";

  get id() {
    return this.#id;
  }

  get title() {
    return this.#title;
  }

  /** Returns the number of the first line of output that is not shown yet. */
  get next() {
    return this.#output.next;
  }

  /** @param {string | undefined} id another run; undefined: none */
  select(id) {
    if (id === this.#id) return;
    this.#id = id;
    this.#status = "";
    this.#title = id ?? "";
    this.#output.clear();
    this.#files.clear();
    this.#compose.select(id);
    byId("run").hidden = id === undefined;
    byId("no-run").hidden = id !== undefined;
    if (id === undefined) return;
    setText(byId("run-title"), id);
    setText(byId("run-status"), "");
    byId("run-errors").replaceChildren();
    byId("run-facts").replaceChildren();
    byId("run-title").focus();
  }

  /**
   * @param {PageRunDetail | null} run
   * @param {string} now the emulator's time
   * @returns {string | undefined} what a screen reader announces
   */
  show(run, now) {
    if (run === null) {
      setText(byId("run-status"), "The emulator does not know this run.");
      setDisabled(true);
      return undefined;
    }
    this.#title = titleOf(run);
    setText(byId("run-title"), this.#title);
    const code = run.returnCode === null ? "" : ` (exit code ${run.returnCode})`;
    const after = run.ran === null ? "" : ` ${run.hasEnded ? "after" : "for"} ${duration(run.ran)}`;
    byId("run-status").className = `status ${run.status}`;
    setText(byId("run-status"), `${run.status}${code}${after}`);
    showErrors(run.errors);
    showFacts(factsOf(run));
    setDisabled(run.hasEnded || run.status === "cancelling");
    this.#output.add(run.lines);
    void this.#files.update(run, now);
    const before = this.#status;
    this.#status = run.status;
    return before === "" || before === run.status ? undefined : `${this.#title}: ${run.status}${code}`;
  }
}

/** @param {boolean} isDisabled */
function setDisabled(isDisabled) {
  byId("abort").setAttribute("aria-disabled", String(isDisabled));
}

/**
 * @param {PageRunDetail} run
 * @returns {readonly Fact[]}
 */
function factsOf({ executionId, startKey, machine, createdAt, timeline }) {
  const command = `npx pulumi-lyceum logs ${executionId}`;
  const statuses = timeline.map(({ status, at }) => `${status}\u00a0${timeOf(at)}`).join(", ");
  return [
    { name: "id", value: executionId, copied: "the id" },
    { name: "command", value: command, copied: "the command" },
    { name: "machine", value: machine },
    { name: "created", value: dateAndTimeOf(createdAt) },
    { name: "statuses", value: `${statuses}\u00a0UTC` },
    ...(startKey === null ? [] : [{ name: "start key", value: startKey, copied: "the start key" }]),
  ];
}

/** @param {readonly Fact[]} facts */
function showFacts(facts) {
  keyed(
    byId("run-facts"),
    facts,
    ({ name }) => name,
    newFact,
    ({ lastElementChild: value }, fact) => {
      setText(/** @type {Node} */ (value?.firstElementChild), visible(fact.value));
    },
  );
}

/** @param {Fact} fact */
function newFact({ name, value, copied }) {
  const button = copied === undefined ? [] : [" ", copyButton(copied, value)];
  return element("div", "", element("dt", "", name), element("dd", "", element("span", ""), ...button));
}

/** @param {readonly string[]} errors */
function showErrors(errors) {
  keyed(
    byId("run-errors"),
    errors.map((text, at) => ({ text, at })),
    ({ at }) => String(at),
    () => element("li", ""),
    (item, { text }) => setText(item, text.split("\n").map(visible).join("\n")),
  );
}
