import { request as httpRequest } from "node:http";
import { route, startTestEmulator, type TestEmulator } from "../../testing/emulator";
import { PAGE_LIMITS } from "./texts";

let emulator: TestEmulator;
let origin: string;
beforeEach(async () => {
  emulator = await startTestEmulator();
  ({ origin } = new URL(emulator.url));
});
afterEach(() => emulator.close());

/** The header that a browser sends for the emulator's own page. */
const fromPage = { "sec-fetch-site": "same-origin" };

/** Uses `http`, because `fetch` sets `Host` and `Sec-Fetch-*` by itself. */
function send(method: string, path: string, headers: Record<string, string>, body?: string) {
  const { hostname, port, host } = new URL(origin);
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, headers: { host, ...headers } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    request.on("error", reject).end(body);
  });
}

const withKey = () => ({ authorization: `Bearer ${emulator.apiKey}` });

describe("the files of the page", () => {
  test("need no API key, contain none, and may only load one another", async () => {
    const page = await send("GET", "/", { "sec-fetch-site": "none" });
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    const named = [...page.text.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path = ""]) => path);
    expect(named).toEqual(["/page/page.css", "/page/main.mjs"]);
    const queue = [...named];
    const visited = new Set(["/"]);
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      if (visited.has(path)) continue;
      visited.add(path);
      const { status, text, headers } = await send("GET", path, fromPage);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain(emulator.apiKey);
      expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(headers["content-security-policy"]).not.toContain("unsafe");
      for (const [, module = ""] of text.matchAll(/from "\.\/(\w+\.mjs)"/g)) queue.push(`/page/${module}`);
    }
    expect(visited.size).toBeGreaterThan(6);
    expect(page.text).not.toMatch(/<script(?! type="module" src=)|<style| on\w+=| style=/);
    // The test first adds the text itself and finds it, which proves that the search works.
    expect(`${page.text}<script>`).toMatch(/<script(?! type="module" src=)|<style| on\w+=| style=/);
  });

  test("are only those in the table, because no path is made from a request", async () => {
    for (const path of ["/page/../server/server.ts", "/page/tsconfig.json", "/page/%2e%2e/main.ts", "/page/"]) {
      expect((await send("GET", path, fromPage)).status).toBe(501);
    }
  });
});

describe("who may ask", () => {
  test("the page gets nothing without the key", async () => {
    for (const headers of [fromPage, { ...fromPage, authorization: "Bearer lk_wrong" }]) {
      expect((await send("GET", "/_emulator/page", headers)).status).toBe(401);
      expect((await send("POST", "/_emulator/faults", { ...headers, origin })).status).toBe(401);
    }
  });

  test.each<[string, (port: string) => Record<string, string>]>([
    ["another website", () => ({ origin: "https://evil.example", "sec-fetch-site": "cross-site" })],
    ["another website that claims the origin in vain", () => ({ "sec-fetch-site": "cross-site" })],
    ["another port of this machine", () => ({ origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" })],
    ["another origin in an old browser", () => ({ origin: "https://evil.example" })],
    ["another name for this machine", (port) => ({ host: `evil.example:${port}`, "sec-fetch-site": "same-origin" })],
    [
      "another name for this machine that is its origin, too",
      (port) => ({
        host: `evil.example:${port}`,
        origin: `http://evil.example:${port}`,
        "sec-fetch-site": "same-origin",
      }),
    ],
    ["a frame without an origin", () => ({ origin: "null", "sec-fetch-site": "same-origin" })],
  ])("%s is refused, even with the key", async (_, headersOf) => {
    const id = await emulator.start("{start: 0, run: 50}");
    await emulator.advance(1);
    const headers = { ...headersOf(new URL(origin).port), ...withKey() };
    const fault = JSON.stringify({ fault: { kind: "reset" } });
    for (const [method, path, body] of [
      ["GET", "/"],
      ["GET", "/_emulator/page"],
      ["OPTIONS", "/_emulator/faults"],
      ["POST", "/_emulator/faults", fault],
      ["POST", `/_emulator/executions/${id}/abort`],
    ] as const) {
      const answer = await send(method, path, headers, body);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
    expect(await emulator.status(id)).toBe("running");
    expect((await emulator.control("GET", "/faults")).body).toEqual([]);
  });
});

describe("what the page shows", () => {
  const view = async (query = "") => (await emulator.control("GET", `/page${query}`)).body;

  test.each([
    ["yyptx00123456abcdefga001q7zk-hello", "hello", "yyptx00123456abcdefga001q7zk"],
    ["yyptx00123456abcdefgl001-hello-2", "hello-2", "yyptx00123456abcdefgl001"],
    ["yyptx00123456abcdefga001q7zk-", "yyptx00123456abcdefga001q7zk-", null],
    ["a-name-of-my-own", "a-name-of-my-own", null],
  ])("the label and the start key of %s", async (name, label, startKey) => {
    await emulator.start("{start: 0, run: 50}", { file_name: name });
    expect((await view()).runs.executions[0]).toMatchObject({ label, startKey });
  });

  test("no secret that is the name of a run", async () => {
    await emulator.close();
    const hide = (text: string) => text.replaceAll("hunter2", "[redacted]");
    emulator = await startTestEmulator({ hideSecrets: (text) => ({ text: hide(text), hide }) });
    const startKey = "yyptx00123456abcdefga001q7zk";
    const id = await emulator.start("{start: 0, run: 50}", { file_name: `${startKey}-hunter2` });
    expect((await view()).runs.executions[0]).toMatchObject({ label: "[redacted]", startKey });
    // The API shows the name as it was sent.
    expect((await emulator.call(...route("getExecution", id))).body.file_name).toBe(`${startKey}-hunter2`);
  });

  test("runs, newest first, without the bodies of their starts", async () => {
    for (const name of ["a", "b", "c"]) {
      await emulator.start("{start: 0, run: 50}", { file_name: name, docker_password: "p4ss-canary" });
    }
    const shown = await view();
    expect(shown.runs).toMatchObject({
      total: 3,
      executions: [{ label: "c" }, { label: "b" }, { label: "a" }],
    });
    const run = shown.runs.executions[0].executionId;
    expect(JSON.stringify(await view(`?run=${run}`))).not.toContain("p4ss-canary");
    // With `credentials=shown`, the emulator shows the password. So it knows the password.
    const all = await emulator.control("GET", "/executions?credentials=shown");
    expect(JSON.stringify(all.body)).toContain("p4ss-canary");
    expect((await emulator.control("GET", "/page?from=-1")).status).toBe(400);
  });

  test("one run with the lines from the requested one on, each cut, and only the newest of many", async () => {
    const many = Array.from({ length: PAGE_LIMITS.lines + 50 }, (_, at) => `"line ${at}"`).join(", ");
    const id = await emulator.start(`{start: 0, run: 1, exitCode: 3, output: ["${"x".repeat(5000)}", ${many}]}`);
    await emulator.advance(5);
    const { run } = await view(`?run=${id}`);
    expect(run).toMatchObject({ status: "failed", hasEnded: true, returnCode: 3, ran: 1 });
    expect(run.lines).toHaveLength(PAGE_LIMITS.lines);
    expect(run.lines.at(-1)).toMatchObject({ service: "app", message: `line ${PAGE_LIMITS.lines + 49}`, omitted: 0 });
    const next = run.lines.at(-1).index + 1;
    expect((await view(`?run=${id}&from=${next}`)).run.lines).toEqual([]);
    expect((await view("?run=local-nothing")).run).toBeNull();

    const long = await emulator.start(`{start: 0, run: 1, output: ["${"x".repeat(5000)}"]}`);
    await emulator.advance(5);
    const [line] = (await view(`?run=${long}`)).run.lines;
    expect([line.message.length, line.omitted]).toEqual([PAGE_LIMITS.line, 5000 - PAGE_LIMITS.line]);
  });

  test("aborts a run: calls of the page are not logged as a client's, and no injected fault applies", async () => {
    const id = await emulator.start("{start: 0, run: 50}");
    await emulator.advance(1);
    await emulator.control("DELETE", "/requests");
    const fault = await emulator.fault({ times: "always", fault: { kind: "status", status: 503 } });
    expect((await emulator.control("POST", `/executions/${id}/abort`)).body).toEqual({ status: "cancelling" });
    await emulator.advance(5);
    expect((await view(`?run=${id}`)).run).toMatchObject({ status: "aborted", returnCode: 143 });
    expect((await emulator.control("POST", `/executions/${id}/abort`)).status).toBe(404);
    expect((await emulator.control("GET", "/requests")).body).toEqual([]);
    expect((await view()).faults).toEqual({
      total: 1,
      shown: [expect.objectContaining({ id: fault, what: "status 503 (effect: never)", fired: 0 })],
    });
    await emulator.call(...route("listWorkloads"));
    expect((await view()).requests).toMatchObject([{ method: "GET", path: "/workloads/list", status: 503, fault }]);
  });
});

test("an HTML answer, injected or not, is not a page of the emulator's origin", async () => {
  await emulator.fault({ fault: { kind: "garbage" } });
  const answer = await send("GET", "/api/v2/external/health/ping", { "sec-fetch-site": "none" });
  expect([answer.status, answer.headers["content-type"]]).toEqual([200, "text/html"]);
  expect(answer.text).toContain("<html>");
  expect(answer.headers["content-security-policy"]).toBe("default-src 'none'; sandbox");
});
