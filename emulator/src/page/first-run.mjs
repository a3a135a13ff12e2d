// @ts-check
import { currentKey } from "./connection.mjs";
import { copyButton, setCopied } from "./copy.mjs";
import { byId, setText } from "./elements.mjs";

/** Without the port, the command would choose the emulator that was started last. */
const FROM_COMMAND = `eval "$(npx pulumi-lyceum emulator --env --port ${location.port})"`;
const HIDDEN = "••••••••";

const exports = copyButton("the two lines", "");

/** Sets up the part of the page that shows how a program finds the emulator. */
export function setUpFirstRun() {
  byId("exports-bar").append(exports);
  setText(byId("from-command"), FROM_COMMAND);
  byId("from-command-bar").append(copyButton("the command", FROM_COMMAND));
}

/**
 * Shows the variables that a program needs, as long as there is no run. The API key can be copied but is not shown,
 * because others may see the page.
 * @param {string} baseUrl
 * @param {boolean} isEmpty whether there is no run
 */
export function showFirstRun(baseUrl, isEmpty) {
  byId("first-run").hidden = !isEmpty;
  byId("panes").className = isEmpty ? "empty" : "";
  const lines = (/** @type {string} */ key) =>
    `export LYCEUM_BASE_URL=${shellWord(baseUrl)}\nexport LYCEUM_API_KEY=${key}`;
  setText(byId("exports"), lines(HIDDEN));
  setCopied(exports, "the two lines", `${lines(shellWord(currentKey() ?? ""))}\n`);
}

/**
 * Quotes a word for a shell.
 * @param {string} word
 */
function shellWord(word) {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
