import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { hideSecrets } from "../../cli/emulator/hide-secrets";
import { type Emulator, startEmulator } from "../../emulator/src/emulator";
import { ManualClock } from "../../emulator/src/testing/manual-clock";
import { pathOf } from "../../provider/lyceum/operations";
import { waitUntil } from "../harness/wait";
import { leave, type Visit, visit } from "./visit";

/** An emulator whose clock is stopped, for the tests of its page. */
export interface EmulatorOfPage {
  readonly origin: string;
  readonly apiKey: string;
  /** The link to the page that the emulator prints. */
  readonly link: string;
  /** Starts a run and returns its id. */
  start(script: object, fields?: Record<string, unknown>): Promise<string>;
  advance(seconds: number): Promise<void>;
  status(id: string): Promise<string>;
  /** Makes one call of the API as a client. @returns the status of the answer */
  list(): Promise<number>;
  close(): Promise<void>;
}

/** Starts an emulator. The caller closes it. */
export async function startForPage(): Promise<EmulatorOfPage> {
  const clock = new ManualClock(Date.now());
  const emulator = await startEmulator({ port: 0, apiKey: "lk_page+/=&#1", clock, hideSecrets });
  const call = (url: string, method: string, body?: unknown) =>
    fetch(url, {
      method,
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const advance = (seconds: number) => clock.advance(seconds * 1000);
  return { ...describe(emulator), ...calls(emulator, call), advance, close: () => emulator.close() };
}

function describe({ control, page, apiKey }: Emulator) {
  return { origin: new URL(control).origin, apiKey, link: page };
}

function calls(
  { url }: Emulator,
  call: (url: string, method: string, body?: unknown) => Promise<Response>,
): Pick<EmulatorOfPage, "start" | "status" | "list"> {
  return {
    start: async (script, fields = {}) => {
      // The text is JSON, which is valid YAML.
      const text = JSON.stringify({ services: { app: { image: "busybox" } }, "x-lyceum-sim": script });
      const answer = await call(url + pathOf("startComposeExecution"), "POST", { compose_file_code: text, ...fields });
      return ((await answer.json()) as { execution_id: string }).execution_id;
    },
    status: async (id) =>
      ((await (await call(url + pathOf("getExecution", id), "GET")).json()) as { status: string }).status,
    list: async () => (await call(url + pathOf("listWorkloads"), "GET")).status,
  };
}

/** Opens the page of an emulator. The page may only load files of the emulator. */
export async function withPage(
  browser: Browser,
  options: BrowserContextOptions & { readonly path?: string },
  act: (visit: Visit, emulator: EmulatorOfPage) => Promise<void>,
  prepare: (emulator: EmulatorOfPage) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const { path, ...context } = options;
  const emulator = await startForPage();
  try {
    await prepare(emulator);
    const url = path === undefined ? emulator.link : `${emulator.origin}${path}`;
    const opened = await visit(browser, url, (asked) => new URL(asked).origin === emulator.origin, context);
    await act(opened, emulator);
    await leave(opened);
  } finally {
    await emulator.close();
  }
}

/** Waits until an element shows a text. */
export async function shows(page: Page, selector: string, text: string | RegExp): Promise<void> {
  let shown = "";
  await waitUntil(`${selector} to show ${text}`, async () => {
    shown = (await page.locator(selector).textContent()) ?? "";
    return typeof text === "string" ? shown.includes(text) : text.test(shown);
  }).catch((error: unknown) => {
    throw new Error(`${error}; it shows: ${shown.slice(0, 500)}`);
  });
}

/** Waits until this element has the focus, which the page may move after it has shown a text. */
export async function hasFocus(page: Page, selector: string): Promise<void> {
  await waitUntil(`${selector} to have the focus`, async () => (await page.locator(`${selector}:focus`).count()) === 1);
}

/** Presses Tab until this element has the focus. @returns how many times */
export async function tabTo(page: Page, selector: string): Promise<number> {
  for (let presses = 0; presses <= 80; presses++) {
    if ((await page.locator(`${selector}:focus`).count()) === 1) return presses;
    await page.keyboard.press("Tab");
  }
  throw new Error(`No number of tabs leads to ${selector}.`);
}
