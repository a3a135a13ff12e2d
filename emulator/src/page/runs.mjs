// @ts-check
import { byId, duration, element, keyed, setText, visible } from "./elements.mjs";

/** @typedef {import("../server/page-types").PageRun} PageRun */

/** So many runs are shown at once. */
export const PAGE = 20;

/**
 * What a run is called: its file name, else its id.
 * @param {PageRun} run
 */
export function titleOf({ fileName, executionId }) {
  return fileName === null || fileName.trim() === "" ? executionId : visible(fileName);
}

/**
 * Shows one page of the list.
 * @param {import("../server/page-types").PageView["runs"]} runs
 * @param {string | undefined} selected
 */
export function showRuns({ executions, offset, total }, selected) {
  keyed(
    byId("runs"),
    executions,
    (run) => run.executionId,
    newRow,
    (row, run) => {
      const [title, status, machine, created, ran] = row.children;
      setText(/** @type {Node} */ (title?.firstElementChild), titleOf(run));
      if (status !== undefined) status.className = `status ${run.status}`;
      for (const [cell, text] of /** @type {const} */ ([
        [status, run.status],
        [machine, visible(run.machine)],
        [created, timeOf(run.createdAt)],
        [ran, duration(run.ran)],
      ])) {
        if (cell !== undefined) setText(cell, text);
      }
      if (run.executionId === selected) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    },
  );
  const last = offset + executions.length;
  setText(byId("range"), total === 0 ? "No run yet." : `${offset + 1}–${last} of ${total}`);
  setDisabled("newer", offset === 0);
  setDisabled("older", last >= total);
}

/** @param {PageRun} run */
function newRow({ executionId }) {
  const link = element("a", "");
  link.href = `#run=${encodeURIComponent(executionId)}`;
  const cells = ["status", "machine", "created", "number"].map((name) => element("td", name));
  return element("tr", "", element("td", "", link), ...cells);
}

/**
 * @param {string} id
 * @param {boolean} isDisabled
 */
function setDisabled(id, isDisabled) {
  const button = /** @type {HTMLButtonElement} */ (byId(id));
  // What has the focus may not lose it: a button that does nothing more shows so instead.
  button.setAttribute("aria-disabled", String(isDisabled));
}

/**
 * The time of day, by the emulator's clock.
 * @param {string} iso
 */
export function timeOf(iso) {
  return iso.slice(11, 19);
}
