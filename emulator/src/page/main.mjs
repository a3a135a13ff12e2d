// @ts-check
import { ask, call, currentKey, KeyRefused, NoAnswer, setKey, takeKeyOfAddress } from "./connection.mjs";
import { copyOf } from "./copy.mjs";
import { byId, element, keyed, setCells, setText, visible } from "./elements.mjs";
import { readFilters, setUpFilters, showFilters } from "./filters.mjs";
import { setUpFirstRun, showFirstRun } from "./first-run.mjs";
import { setUpInjectedErrors, showInjectedErrors } from "./injected-errors.mjs";
import { ShownRun } from "./run.mjs";
import { showRuns } from "./runs.mjs";
import { dateAndTimeOf, timeOf } from "./times.mjs";

/** @typedef {import("../server/page/view").PageView} PageView */

/** Milliseconds between two updates. */
const INTERVAL = 1000;

const run = new ShownRun();
let isLost = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** The number of updates that were started. The page shows an answer only if no newer update was started. */
let updates = 0;

/** @param {string} text the change, for sighted users and for screen readers */
function announce(text) {
  setText(byId("notice"), text);
}

/**
 * Shows the latest requests of clients. The page's own requests are not shown.
 * @param {PageView["requests"]} requests
 */
function showRequests(requests) {
  keyed(
    byId("requests"),
    requests,
    ({ index }) => String(index),
    () => element("tr", "", element("td", ""), element("td", "created"), element("td", "number"), element("td", "")),
    ({ children }, { method, path, at, status, fault }) =>
      setCells(children, [`${method} ${visible(path)}`, timeOf(at), String(status ?? "none"), fault ?? ""]),
  );
}

async function update() {
  clearTimeout(timer);
  const mine = ++updates;
  if (currentKey() === null) return askForKey();
  const asked = run.id;
  try {
    const view = await ask({ run: asked, from: run.next, filters: readFilters() });
    if (mine !== updates) return;
    show(view);
  } catch (error) {
    if (mine !== updates) return;
    if (error instanceof KeyRefused) {
      setKey(null);
      askForKey(error.message);
      return;
    }
    isLost = true;
    announce(error instanceof NoAnswer ? `${error.message} The page keeps asking.` : `${error}`);
  }
  if (!document.hidden) timer = setTimeout(update, INTERVAL);
}

/** @param {PageView} view */
function show(view) {
  byId("key-form").hidden = true;
  byId("content").hidden = false;
  const engine = view.engine === "simulated" ? element("span", "simulated", "SIMULATED, no container runs") : "docker";
  byId("about").replaceChildren(engine, " · ", dateAndTimeOf(view.now));
  showFilters(view);
  showRuns(view, run.id);
  showFirstRun(view.baseUrl, view.runs.total === 0);
  showInjectedErrors(view);
  showRequests(view.requests);
  const heard = view.run === undefined ? undefined : run.show(view.run, view.now);
  if (heard !== undefined) announce(heard);
  else if (isLost) announce("The emulator answers again.");
  isLost = false;
}

/** @param {string} [why] */
function askForKey(why = "") {
  byId("content").hidden = true;
  byId("key-form").hidden = false;
  byId("key").focus();
  announce(why);
}

/** @param {() => Promise<string>} work */
function act(work) {
  void work()
    .then(announce, (error) => announce(error instanceof Error ? error.message : String(error)))
    .then(update);
}

function selectByAddress() {
  takeKeyOfAddress();
  run.select(new URLSearchParams(location.hash.slice(1)).get("run") ?? undefined);
  void update();
}

byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (byId("key"));
  setKey(field.value.trim());
  field.value = "";
  void update();
});
byId("abort").addEventListener("click", () => {
  const { id, title } = run;
  if (id === undefined || byId("abort").getAttribute("aria-disabled") === "true") return;
  act(async () => {
    await call("POST", `/executions/${encodeURIComponent(id)}/abort`);
    return `The abort of ${title} is sent.`;
  });
});
byId("close").addEventListener("click", () => {
  const link = byId("runs").querySelector(`[aria-current] a`);
  location.hash = "";
  // Without this call, the page would show the closed run until the later event "hashchange".
  selectByAddress();
  if (link instanceof HTMLElement) link.focus();
});
byId("content").addEventListener("click", ({ target }) => {
  const copied = copyOf(target);
  if (copied !== undefined) void copied.then(announce);
});
setUpFilters(() => void update());
setUpFirstRun();
setUpInjectedErrors(act);
addEventListener("hashchange", selectByAddress);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void update();
});
selectByAddress();
