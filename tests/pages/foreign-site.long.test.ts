import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { testInBrowser } from "./browser";
import { type EmulatorOfPage, startForPage } from "./emulator-page";
import { leave, visit } from "./visit";

/** Every way in which a page can make a browser send a request, each with the key, which no foreign page has. */
const ATTEMPTS = (target: string, key: string, id: string) => `(async () => {
  const api = ${JSON.stringify(`${target}/api/v2/external`)}, control = ${JSON.stringify(`${target}/_emulator`)};
  const authorization = "Bearer " + ${JSON.stringify(key)};
  const fault = JSON.stringify({ times: "always", operation: "listWorkloads", fault: { kind: "status", status: 503 } });
  const got = [];
  const attempt = async (what, url, init) => {
    const answer = await fetch(url, init).catch(() => undefined);
    got.push([what, answer === undefined || answer.type === "opaque" ? "nothing" : answer.status]);
  };
  const abort = control + "/executions/${id}/abort";
  await attempt("read", control + "/page", { headers: { authorization } });
  await attempt("abort", abort, { method: "POST", headers: { authorization } });
  await attempt("abort without a preflight", abort, { method: "POST", mode: "no-cors" });
  await attempt("abort by the API", api + "/workloads/abort/${id}", { method: "DELETE", headers: { authorization } });
  await attempt("inject", control + "/faults", { method: "POST", headers: { authorization }, body: fault });
  await attempt("inject without a preflight", control + "/faults", { method: "POST", mode: "no-cors", body: fault });
  navigator.sendBeacon(abort);
  const form = Object.assign(document.createElement("form"), { action: abort, method: "post", target: "hidden" });
  const frame = Object.assign(document.createElement("iframe"), { name: "hidden" });
  const loaded = (element) => new Promise((resolve) => { element.onload = () => resolve("loaded"); element.onerror = () => resolve("refused"); });
  document.body.append(frame, form);
  const sent = loaded(frame);
  form.submit();
  await sent;
  const script = Object.assign(document.createElement("script"), { src: ${JSON.stringify(`${target}/page/elements.mjs`)} });
  const outcome = loaded(script);
  document.body.append(script);
  got.push(["script", await outcome]);
  const inFrame = Object.assign(document.createElement("iframe"), { src: ${JSON.stringify(`${target}/`)} });
  const shown = loaded(inFrame);
  document.body.append(inFrame);
  await shown;
  return got;
})()`;

const SITE = "<!doctype html><title>Another site</title><body></body>";

/** A website of its own on this machine. */
async function withSite<T>(act: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(SITE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await act((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** What a page at this URL gets of an emulator with one run, and what has become of the emulator. */
async function attemptsOf(
  browser: Browser,
  urlOf: (emulator: EmulatorOfPage) => string,
  targetOf: (emulator: EmulatorOfPage) => string,
  options: Parameters<typeof visit>[3] = {},
) {
  const emulator = await startForPage();
  try {
    const id = await emulator.start({ start: 0, run: 500 });
    await emulator.advance(1);
    const opened = await visit(browser, urlOf(emulator), () => true, options);
    const got = await opened.page.evaluate<[string, number | string][]>(
      ATTEMPTS(targetOf(emulator), emulator.apiKey, id),
    );
    const framed = opened.page.frames().map((frame) => frame.locator("h1", { hasText: "Lyceum emulator" }).count());
    const pages = (await Promise.all(framed)).reduce((sum, count) => sum + count, 0);
    await leave(opened);
    return { got: Object.fromEntries(got), pages, status: await emulator.status(id), list: await emulator.list() };
  } finally {
    await emulator.close();
  }
}

const NOTHING = {
  read: "nothing",
  abort: "nothing",
  "abort without a preflight": "nothing",
  "abort by the API": "nothing",
  inject: "nothing",
  "inject without a preflight": "nothing",
  script: "refused",
};

const UNTOUCHED = { pages: 0, status: "running", list: 200 };

testInBrowser("another website can neither read, abort nor inject, even with the key", async (browser) => {
  await withSite(async (port) => {
    // Another site by name, and another port of the same name.
    for (const host of ["rebound.example", "127.0.0.1"]) {
      const result = await attemptsOf(
        browser,
        () => `http://${host}:${port}/`,
        ({ origin }) => origin,
      );
      expect([host, result]).toEqual([host, { got: NOTHING, ...UNTOUCHED }]);
    }
  });
});

testInBrowser("a website whose name is pointed at this machine gets 403 and nothing else", async (browser) => {
  const rebound = ({ origin }: EmulatorOfPage) => `http://rebound.example:${new URL(origin).port}`;
  // The page came from elsewhere before its name was pointed here. It is the same origin by now, so no rule of the browser
  // stops it: the emulator does.
  const { got, ...rest } = await attemptsOf(browser, (emulator) => `${rebound(emulator)}/`, rebound, {
    document: SITE,
  });
  expect(got).toEqual({
    read: 403,
    abort: 403,
    "abort without a preflight": 403,
    "abort by the API": 403,
    inject: 403,
    "inject without a preflight": 403,
    script: "refused",
  });
  expect(rest).toEqual(UNTOUCHED);
});

testInBrowser("the same attempts by the emulator's own page do abort and inject", async (browser) => {
  const own = ({ origin }: EmulatorOfPage) => origin;
  // Its policy would stop the planted frame and script before the emulator is asked.
  const { got, status, list } = await attemptsOf(browser, (emulator) => `${own(emulator)}/`, own, { bypassCSP: true });
  expect(got).toMatchObject({ read: 200, abort: 200, inject: 200 });
  expect([status, list]).toEqual(["cancelling", 503]);
});
