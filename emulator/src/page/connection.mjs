// @ts-check
/** @typedef {import("../server/page/view").PageView} PageView */

/** The name under which this tab stores the key. The page sends the key only to the emulator, in a header. */
const STORED = "lyceum-emulator-key";

/**
 * Stores the key of the URL (`#key=…`), and removes it from the URL, where people would see it.
 * @returns {void}
 */
export function takeKeyOfAddress() {
  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  if (key === null) return;
  setKey(key);
  history.replaceState(null, "", location.pathname);
}

/** @returns {string | null} */
export function currentKey() {
  return sessionStorage.getItem(STORED);
}

/** @param {string | null} key the API key to keep for this browser tab; null removes the kept key */
export function setKey(key) {
  if (key === null) sessionStorage.removeItem(STORED);
  else sessionStorage.setItem(STORED, key);
}

/** The error if the emulator refuses the key. */
export class KeyRefused extends Error {}

/** The error if the emulator does not answer. */
export class NoAnswer extends Error {}

/**
 * Makes one call of the control endpoint.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<unknown>} the answer
 * @throws {KeyRefused | NoAnswer | Error} any other error has the emulator's own message
 */
export async function call(method, path, body) {
  const init = {
    method,
    headers: { authorization: `Bearer ${currentKey() ?? ""}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const response = await fetch(`/_emulator${path}`, init).catch(() => {
    throw new NoAnswer("The emulator does not answer. It may have ended.");
  });
  if (response.status === 401) throw new KeyRefused("This is not the key of this emulator.");
  const answer = await response.json().catch(() => {
    throw new NoAnswer("The emulator's answer was cut off.");
  });
  if (!response.ok) throw new Error(String(answer.detail ?? response.status));
  return answer;
}

/**
 * @param {{ run: string | undefined, from: number, filters: Readonly<Record<string, string>> }} question
 * @returns {Promise<PageView>}
 */
export async function ask({ run, from, filters }) {
  const query = new URLSearchParams({ from: String(from), ...filters });
  if (run !== undefined) query.set("run", run);
  return /** @type {PageView} */ (await call("GET", `/page?${query}`));
}
