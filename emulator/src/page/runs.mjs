// @ts-check
import { byId, duration, element, keyed, setCells, setText, visible } from "./elements.mjs";

/** @typedef {import("../server/page-view").PageRun} PageRun */

/**
 * Returns the title of a run: its label, or its id if it has no label.
 * @param {PageRun} run
 */
export function titleOf({ label, executionId }) {
  return label === null || label.trim() === "" ? executionId : visible(label);
}

/**
 * Shows the list.
 * @param {import("../server/page-view").PageView["runs"]} runs
 * @param {string | undefined} selected
 */
export function showRuns({ executions, total }, selected) {
  keyed(
    byId("runs"),
    executions,
    (run) => run.executionId,
    newRow,
    (row, run) => {
      const [title, ...cells] = row.children;
      setText(/** @type {Node} */ (title?.firstElementChild), titleOf(run));
      if (cells[0] !== undefined) cells[0].className = `status ${run.status}`;
      setCells(cells, [run.status, visible(run.machine), timeOf(run.createdAt), duration(run.ran)]);
      if (run.executionId === selected) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    },
  );
  const left = total - executions.length;
  setText(byId("range"), total === 0 ? "No run yet." : left === 0 ? "" : `Older runs that are not shown: ${left}`);
}

/** @param {PageRun} run */
function newRow({ executionId }) {
  const link = element("a", "");
  link.href = `#run=${encodeURIComponent(executionId)}`;
  const cells = ["status", "machine", "created", "number"].map((name) => element("td", name));
  return element("tr", "", element("td", "", link), ...cells);
}

/**
 * Returns the time of day, by the emulator's clock.
 * @param {string} iso
 */
export function timeOf(iso) {
  return iso.slice(11, 19);
}
