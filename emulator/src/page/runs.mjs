// @ts-check
import { byId, duration, element, keyed, setCells, setText, visible } from "./elements.mjs";
import { isFiltered } from "./filters.mjs";
import { dateAndTimeOf, shortTimeOf } from "./times.mjs";

/** @typedef {import("../server/page/runs").PageRun} PageRun */
/** @typedef {import("../server/page/view").PageView} PageView */

/**
 * Returns the title of a run: its label, or its id if it has no label.
 * @param {Pick<PageRun, "label" | "executionId">} run
 */
export function titleOf({ label, executionId }) {
  return label === null || label.trim() === "" ? executionId : visible(label);
}

/**
 * Shows the list.
 * @param {PageView} view
 * @param {string | undefined} selected
 */
export function showRuns({ runs, now }, selected) {
  keyed(
    byId("runs"),
    runs.executions,
    (run) => run.executionId,
    newRow,
    (row, run) => {
      const [title, ...cells] = row.children;
      setText(/** @type {Node} */ (title?.firstElementChild), titleOf(run));
      if (cells[0] !== undefined) cells[0].className = `status ${run.status}`;
      setCells(cells, [run.status, visible(run.machine), shortTimeOf(run.createdAt, now), duration(run.ran)]);
      if (run.executionId === selected) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    },
  );
  byId("run-table").hidden = runs.total === 0;
  setText(byId("range"), rangeOf(runs));
}

/** @param {PageView["runs"]} runs */
function rangeOf({ total, matching, executions, unread }) {
  if (total === 0) return "No run yet.";
  const all = total === 1 ? "1 run." : `${total} runs.`;
  const found = isFiltered() ? `${matching} of ${all}` : all;
  const newest = executions.length < matching ? ` The newest ${executions.length} are shown.` : "";
  const reading = unread === 0 ? "" : ` Services of ${unread} runs are still being read.`;
  return `${found}${newest}${reading}`;
}

/** @param {PageRun} run */
function newRow({ executionId, createdAt }) {
  const link = element("a", "");
  link.href = `#run=${encodeURIComponent(executionId)}`;
  const cells = ["status", "machine", "created", "number"].map((name) => element("td", name));
  const created = cells[2];
  if (created !== undefined) created.title = dateAndTimeOf(createdAt);
  return element("tr", "", element("td", "", link), ...cells);
}
