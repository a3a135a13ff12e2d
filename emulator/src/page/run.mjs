// @ts-check
import { byId, duration, element, setText, visible } from "./elements.mjs";
import { RunFiles } from "./files.mjs";
import { Output } from "./output.mjs";
import { timeOf, titleOf } from "./runs.mjs";

/** @typedef {import("../server/page-view").PageRunDetail} PageRunDetail */

/** The run that the page shows in full. */
export class ShownRun {
  /** @type {string | undefined} */
  #id;
  #output = new Output();
  #files = new RunFiles();
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
    byId("run").hidden = id === undefined;
    if (id === undefined) return;
    setText(byId("run-title"), id);
    setText(byId("run-status"), "");
    byId("run-facts").replaceChildren();
    byId("run-title").focus();
  }

  /**
   * @param {PageRunDetail | null} run
   * @returns {string | undefined} what a screen reader announces
   */
  show(run) {
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
    setFacts([
      ["id", run.executionId],
      // The file name. It begins with the start key that the provider puts before the label.
      .../** @type {[string, string][]} */ (
        run.fileName === null || run.fileName === run.label ? [] : [["file name", run.fileName]]
      ),
      ["machine", run.machine],
      ["created", run.createdAt],
      ["statuses", run.timeline.map(({ status, at }) => `${status} ${timeOf(at)}`).join(", ")],
      ...run.errors.map((error) => /** @type {[string, string]} */ (["error", error])),
    ]);
    setDisabled(run.hasEnded || run.status === "cancelling");
    this.#output.add(run.lines);
    void this.#files.update(run);
    const before = this.#status;
    this.#status = run.status;
    return before === "" || before === run.status ? undefined : `${this.#title}: ${run.status}${code}`;
  }
}

/** @param {boolean} isDisabled */
function setDisabled(isDisabled) {
  byId("abort").setAttribute("aria-disabled", String(isDisabled));
}

/** @param {readonly (readonly [string, string])[]} facts */
function setFacts(facts) {
  const list = byId("run-facts");
  const lines = facts.map(([, value]) => visible(value));
  // If the list is unchanged, it is not set again, because a reader may have selected text in it.
  if (list.dataset.shown === JSON.stringify(lines)) return;
  list.dataset.shown = JSON.stringify(lines);
  list.replaceChildren(...facts.flatMap(([name], at) => [element("dt", "", name), element("dd", "", lines[at] ?? "")]));
}
