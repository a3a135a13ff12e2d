// @ts-check
import { byId, element, visible } from "./elements.mjs";

/** @typedef {import("../server/page/view").PageView} PageView */

/** The fields of the form that filters the list of runs. The query of a request uses the same names. */
const FIELDS = /** @type {const} */ (["search", "status", "service"]);

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement | HTMLSelectElement} */ (byId(id));

/** Returns the filters for the next request: the value of each field. */
export function readFilters() {
  return Object.fromEntries(FIELDS.map((name) => [name, field(name).value]));
}

/** @returns {boolean} whether the user has filled in a field of the form that filters the list of runs */
export function isFiltered() {
  return FIELDS.some((name) => field(name).value !== "");
}

/**
 * Sets up the form.
 * @param {() => void} changed called when a field has another value
 */
export function setUpFilters(changed) {
  byId("filters").addEventListener("input", changed);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => {
    // The fields have their new values only after the current event.
    setTimeout(changed, 0);
  });
}

/** @param {PageView} view */
export function showFilters({ statuses, runs: { services } }) {
  setOptions("status", "any status", statuses);
  setOptions("service", "any service", services);
}

/**
 * Sets the options of a list. A chosen option stays chosen, even if it is no longer an option.
 * @param {string} id
 * @param {string} any the text of the option that chooses nothing
 * @param {readonly string[]} values
 */
export function setOptions(id, any, values) {
  const select = field(id);
  const chosen = select.value;
  const all = chosen === "" || values.includes(chosen) ? values : [chosen, ...values];
  const key = JSON.stringify(all);
  if (select.dataset.shown === key) return;
  select.dataset.shown = key;
  select.replaceChildren(...[["", any], ...all.map((value) => [value, visible(value)])].map(option));
  select.value = chosen;
}

/** @param {string[]} words */
function option([value = "", text = ""]) {
  const made = element("option", "", text);
  made.value = value;
  return made;
}
