// @ts-check
import { call } from "./connection.mjs";
import { copyButton, setCopied } from "./copy.mjs";
import { byId, setText, visible } from "./elements.mjs";

/** @typedef {import("../server/page/compose").PageCompose} PageCompose */

/** The Compose text of one run. The page requests the text when the user opens it. */
export class ComposeText {
  /** @type {string | undefined} */
  #id;
  #part = /** @type {HTMLDetailsElement} */ (byId("compose-part"));
  #copy = copyButton("the Compose text", "");

  constructor() {
    // With a tab index, keyboard users can scroll the text in all browsers.
    byId("compose").tabIndex = 0;
    byId("compose-bar").append(this.#copy);
    this.#part.addEventListener("toggle", () => void this.#load());
  }

  /**
   * Selects another run. If the user had opened the text of the last run, the page also shows the text of the new run.
   * @param {string | undefined} id
   */
  select(id) {
    this.#id = id;
    setText(byId("compose"), "");
    setText(byId("compose-note"), "");
    this.#copy.hidden = true;
    void this.#load();
  }

  async #load() {
    const id = this.#id;
    if (id === undefined || !this.#part.open) return;
    try {
      const answer = await call("GET", `/executions/${encodeURIComponent(id)}/compose`);
      // Meanwhile, the user may have selected another run.
      if (this.#id === id) this.#show(/** @type {PageCompose} */ (answer));
    } catch (error) {
      if (this.#id === id) setText(byId("compose-note"), error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {PageCompose} compose */
  #show({ text, omitted, hasHidden }) {
    setText(byId("compose"), text.split("\n").map(visible).join("\n"));
    setCopied(this.#copy, "the Compose text", text);
    this.#copy.hidden = false;
    const notes = [
      ...(hasHidden ? ["Secrets are replaced by [redacted], here and in the output."] : []),
      ...(omitted === 0 ? [] : [`${omitted} more characters are not shown.`]),
    ];
    setText(byId("compose-note"), notes.join(" "));
  }
}
