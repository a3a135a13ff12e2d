// @ts-check
import { call } from "./connection.mjs";
import { byId, element, keyed, setCells, setText, visible } from "./elements.mjs";

/** @typedef {import("../server/page/view").PageView} PageView */
/** @typedef {import("../server/page/view").PageFault} PageFault */
/** @typedef {{ words: string, number?: readonly [field: string, label: string, value: number], commit?: true }} Kind */

/**
 * The kinds of faults in the form. The kind `reshape` is not in the form, because its fields are lists and objects.
 * Tests send it to the control endpoint.
 * @type {Readonly<Record<Exclude<import("../faults/fault").Fault["kind"], "reshape">, Kind>>}
 */
const KINDS = {
  status: { words: "answers with a status", number: ["status", "HTTP status", 503], commit: true },
  reset: { words: "resets the connection", commit: true },
  garbage: { words: "answers what is no JSON", commit: true },
  delay: { words: "answers late", number: ["seconds", "Seconds", 5], commit: true },
  hold: { words: "does not answer until released", commit: true },
  forget: { words: "the run is forgotten (404)" },
  "id-forms": { words: "takes a run's id in capitals, too, and behind a prefix" },
  "lagging-list": { words: "lists lack young runs", number: ["seconds", "Younger than seconds", 30] },
  "short-pages": { words: "the bucket lists in short pages", number: ["entries", "Entries", 1] },
};

/** @returns {Kind} the chosen kind of the form */
const chosen = () => KINDS[/** @type {keyof typeof KINDS} */ (input("kind").value)];

/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (byId(id));

/**
 * Sets up the form.
 * @param {(work: () => Promise<string>) => void} act runs the work and shows the sentence that it returns, or its error
 */
export function setUpInjectedErrors(act) {
  byId("kind").append(
    ...Object.entries(KINDS).map(([kind, { words }]) => {
      const option = element("option", "", `${kind}: ${words}`);
      option.value = kind;
      return option;
    }),
  );
  byId("kind").addEventListener("change", fitForm);
  fitForm();
  byId("fault-form").addEventListener("submit", (event) => {
    event.preventDefault();
    act(async () => {
      const { id } = /** @type {{ id: string }} */ (await call("POST", "/faults", readForm()));
      return `${id} is injected.`;
    });
  });
  byId("remove-all").addEventListener("click", () =>
    act(async () => {
      await call("DELETE", "/faults");
      byId("kind").focus();
      return "No error is injected any more.";
    }),
  );
  byId("faults").addEventListener("click", ({ target }) => {
    const button = target instanceof HTMLButtonElement ? target : undefined;
    const id = button?.closest("tr")?.dataset.key;
    if (id === undefined) return;
    act(async () => {
      if (button?.dataset.does === "release") {
        await call("POST", `/faults/${id}/release`);
        return `${id} has released what it held.`;
      }
      await call("DELETE", `/faults/${id}`);
      byId("kind").focus();
      return `${id} is removed.`;
    });
  });
}

function fitForm() {
  const { number, commit } = chosen();
  byId("number-field").hidden = number === undefined;
  input("number").disabled = number === undefined;
  byId("commit-field").hidden = commit === undefined;
  if (number !== undefined) {
    setText(byId("number-label"), number[1]);
    input("number").value = String(number[2]);
  }
}

function readForm() {
  const { number, commit } = chosen();
  const [prefix, times] = [input("prefix").value, input("times").value];
  return {
    operation: input("operation").value,
    ...(prefix === "" ? {} : { match: { fileNamePrefix: prefix } }),
    ...(times === "" ? {} : { times: Number(times) }),
    fault: {
      kind: input("kind").value,
      ...(number === undefined ? {} : { [number[0]]: Number(input("number").value) }),
      ...(commit === undefined || input("commit").value === "" ? {} : { commit: input("commit").value }),
    },
  };
}

/** @param {PageView} view */
export function showInjectedErrors({ faults: { total, shown }, operations }) {
  const select = byId("operation");
  if (select.childElementCount === 0) {
    select.append(...["*", ...operations].map((name) => element("option", "", name)));
  }
  keyed(
    byId("faults"),
    shown,
    ({ id }) => id,
    newRow,
    (row, injected) => {
      const about = injected.match === "" ? "" : `, ${visible(injected.match)}`;
      const holding = injected.holding === 0 ? "" : `, holds ${injected.holding}`;
      setCells([...row.children].slice(0, 3), [
        `${injected.id}: ${visible(injected.what)}${about}`,
        injected.operation,
        `${injected.fired} of ${injected.times}${holding}`,
      ]);
      const release = row.querySelector("button");
      if (release !== null) release.hidden = injected.holding === 0;
    },
  );
  byId("fault-table").hidden = total === 0;
  byId("remove-all").hidden = total === 0;
  const more = total - shown.length;
  setText(byId("faults-note"), total === 0 ? "No error is injected." : more === 0 ? "" : `${more} more are not shown.`);
}

/** @param {PageFault} fault */
function newRow({ id }) {
  const buttons = ["release", "remove"].map((does) => {
    const button = element("button", "", does === "release" ? "Release" : "Remove");
    button.type = "button";
    button.dataset.does = does;
    button.setAttribute("aria-label", `${does} ${id}`);
    return button;
  });
  return element(
    "tr",
    "",
    element("td", ""),
    element("td", ""),
    element("td", "number"),
    element("td", "", ...buttons),
  );
}
