import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { MOST_LINES } from "../executions/output";
import { route, startTestEmulator, type TestEmulator } from "../testing/emulator";
import { testServerState } from "../testing/server-state";
import { buildServer, LONGEST_BODY } from "./server";

/** Path of a start below the server's origin. */
const START = `/api/v2/external${route("startComposeExecution")[1]}`;

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

test.each([
  ["no token", null],
  ["another key", "Bearer lk_other"],
  ["another scheme", "Basic lk_test"],
  ["an empty token", "Bearer "],
])("with %s the answer is 401 and nothing happens", async (_, authorization) => {
  const answer = await emulator.call(
    ...route("startComposeExecution"),
    { compose_file_code: "services: {a: {image: b}}" },
    { authorization },
  );
  expect([answer.status, answer.body]).toEqual([401, { detail: "Invalid or missing API key" }]);
  expect((await emulator.control("GET", "/executions")).body).toEqual([]);
});

test("liveness needs no token", async () => {
  expect((await emulator.call(...route("ping"), undefined, { authorization: null })).status).toBe(200);
});

test.each([
  ["GET", "/vms/list"],
  ["POST", "/workloads/pause/a"],
])("%s %s fails with 501", async (method, path) => {
  const answer = await emulator.call(method, path);
  expect(answer.status).toBe(501);
  expect(answer.body).toEqual({ detail: `${method} /api/v2/external${path} is not emulated` });
});

test.each([
  ["{", "application/json", "json_invalid"],
  ["", "application/json", "missing"],
  [`${"[".repeat(5000)}${"]".repeat(5000)}`, "application/json", "json_invalid"],
  ['{"compose_file_code": "x"}', "text/plain", "dict_type"],
])("the body %.20s as %s is refused with 422", async (body, contentType, type) => {
  const answer = await emulator.call(...route("startComposeExecution"), body, { "content-type": contentType });
  expect(answer.status).toBe(422);
  expect(answer.body.detail[0].type).toBe(type);
});

test("a body over the limit is 413, before it is read", async () => {
  const { hostname, port } = new URL(emulator.url);
  const status = await new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        method: "POST",
        path: START,
        headers: {
          authorization: "Bearer lk_test",
          "content-type": "application/json",
          "content-length": LONGEST_BODY + 1,
        },
      },
      (response) => {
        resolve(response.statusCode);
        request.destroy();
      },
    );
    request.on("error", reject);
    request.flushHeaders();
  });
  expect(status).toBe(413);
});

test.each([
  ["what is no HTTP", "nonsense\r\n\r\n", "400"],
  ["headers that are too long", `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, "431"],
])("%s is answered, and the server continues", async (_, bytes, status) => {
  const { hostname, port } = new URL(emulator.url);
  const socket = connect(Number(port), hostname, () => socket.write(bytes));
  const answer = await text(socket);
  expect([answer.slice(9, 12), answer.split("\r\n").at(-1)]).toEqual([
    status,
    '{"detail":"The request could not be read."}',
  ]);
  expect((await emulator.call(...route("ping"))).status).toBe(200);
});

test("hanging connections block neither other requests nor the end of the server", async () => {
  const { hostname, port } = new URL(emulator.url);
  const head = `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer lk_test\r\n`;
  const pieces = ["", head, `${head}content-length: 16000000\r\n\r\n{"compose`];
  const sockets = pieces.map((piece) => {
    const socket = connect(Number(port), hostname).on("error", () => undefined);
    socket.write(piece);
    return socket;
  });
  await emulator.start("{run: 1}");
  await emulator.close();
  await Promise.all(sockets.map((socket) => socket.closed || once(socket, "close")));
});

test("a path that is not a valid URL is answered in the API's shape", async () => {
  const answer = await emulator.call("GET", "/execution/%zz");
  expect([answer.status, typeof answer.body.detail]).toEqual([400, "string"]);
});

test("the requests are logged in order, without the token", async () => {
  await emulator.control("DELETE", "/requests");
  await emulator.call(...route("startComposeExecution"), { compose_file_code: "x", run_name: "r" });
  await emulator.call(...route("getBillingHistory", "", "?limit=3"), undefined, { authorization: "Bearer lk_wrong" });
  await emulator.call("GET", "/nowhere");
  const { body } = await emulator.control("GET", "/requests");
  expect(body).toMatchObject([
    {
      index: 0,
      operation: "startComposeExecution",
      method: "POST",
      path: START,
      query: {},
      headers: { authorization: "Bearer", "content-type": "application/json" },
      authorized: true,
      body: { compose_file_code: "x", run_name: "r" },
      status: 200,
    },
    { index: 1, operation: "getBillingHistory", query: { limit: "3" }, authorized: false, body: null, status: 401 },
    { index: 2, operation: null, status: 501 },
  ]);
  expect(JSON.stringify(body)).not.toMatch(/lk_/);
});

test("a stream replays the lines, follows the run and reports its end, without a token", async () => {
  const id = await emulator.start("{start: 0, run: 4, output: [one, two], exitCode: 3}");
  await emulator.advance(1);
  const url = new URL(emulator.url);
  url.pathname = `/api/v1/stream/${id}`;
  const response = await fetch(url, { method: "POST" });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const text = response.text();
  await emulator.advance(10);
  const events = (await text)
    .split("\n\n")
    .filter((event) => event.startsWith("data: "))
    .map((event) => JSON.parse(event.slice("data: ".length)));
  expect(events).toEqual([
    { output: { content: "one\n" } },
    { output: { content: "two\n" } },
    { jobFinished: { job: { result: { returnCode: 3, error: "" } } } },
  ]);
  const replayed = await (await fetch(url)).text();
  expect(replayed.match(/^data: /gm)).toHaveLength(3);
  url.pathname = "/api/v1/stream/nope";
  expect((await fetch(url)).status).toBe(404);
});

test("a stream that begins late has the first and the newest lines, and reports how many lines were dropped", async () => {
  const id = await emulator.start(`{start: 0, run: 1, output: [${"x, ".repeat(MOST_LINES + 1)}last]}`);
  await emulator.advance(10);
  const text = await (await fetch(`${new URL(emulator.url).origin}/api/v1/stream/${id}`)).text();
  const events = text.split("\n\n");
  expect(events[0]).toContain('"x');
  expect(events[500]).toContain("[emulator] 2 lines are left out here.");
  expect(events[501]).toContain('"x');
});

test("a stream that has nothing to show is kept alive after fifteen seconds", async () => {
  const id = await emulator.start("{start: 0, run: 500, output: [one]}");
  await emulator.advance(1);
  const { body } = await fetch(`${new URL(emulator.url).origin}/api/v1/stream/${id}`);
  const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
  const read = async () => Buffer.from((await reader.read()).value ?? []).toString();
  expect(await read()).toContain("one");
  let [next, seconds] = ["", 0];
  void read().then((shown) => {
    next = shown;
  });
  // Each request takes a moment, so no sleep is needed.
  for (; next === "" && seconds < 60; seconds++) {
    await emulator.advance(1);
    await emulator.call(...route("ping"));
  }
  expect(next).toBe(": keep-alive\n\n");
  expect(seconds).toBeGreaterThanOrEqual(14);
  await reader.cancel();
});

test.each([
  ["{start: 0, startError: no image}", { returnCode: null, error: "no image" }],
  ["{start: 0, run: 1}", { returnCode: 0, error: "" }],
])("a stream ends with the exit code, or with the reason why there is none: %s", async (script, result) => {
  const id = await emulator.start(script);
  await emulator.advance(5);
  const text = await (await fetch(`${new URL(emulator.url).origin}/api/v1/stream/${id}`)).text();
  const [event = ""] = text.trimEnd().split("\n\n").slice(-1);
  expect(JSON.parse(event.replace("data: ", ""))).toEqual({ jobFinished: { job: { result } } });
});

describe("a server without a port", () => {
  const authorization = "Bearer lk_1";
  const json = { host: "localhost", authorization, "content-type": "application/json" };
  async function ask(
    method: "GET" | "POST",
    url: string,
    change: (state: ReturnType<typeof testServerState>) => void = () => {},
    body?: string,
  ) {
    const made = testServerState();
    change(made);
    const app = buildServer(made.state);
    const answer = await app.inject({ method, url, headers: json, ...(body === undefined ? {} : { payload: body }) });
    await app.close();
    const [request] = made.state.requests.all();
    made.remove();
    const { statusCode: status, headers, body: text } = answer;
    return { status, headers, text, request, logged: made.logged, breaches: made.state.breaches };
  }

  test("logs and answers a path that it does not have", async () => {
    const { status, text, headers, request, logged } = await ask("POST", "/nothing?a=b");
    expect([status, text]).toEqual([501, '{"detail":"POST /nothing is not emulated"}']);
    expect(request).toMatchObject({
      operation: null,
      path: "/nothing",
      query: { a: "b" },
      authorized: true,
      status: 501,
    });
    expect(logged).toEqual(["NOT EMULATED: POST /nothing"]);
    expect(headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "x-lyceum-emulator": "simulated",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
  });

  test("has the files of its page, with their own policy", async () => {
    const { status, headers } = await ask("GET", "/");
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(headers["content-security-policy"]).toContain("script-src 'self'");
  });

  test.each([
    ["an operation", START, `The body is longer than ${LONGEST_BODY} bytes.`],
    ["the control endpoint", "/_emulator/faults", "Request body is too large"],
  ])("refuses a body that is too long for %s, which is no error of its own", async (_what, url, detail) => {
    const { status, text, logged } = await ask("POST", url, undefined, " ".repeat(LONGEST_BODY + 1));
    expect([status, JSON.parse(text).detail, logged]).toEqual([413, detail, []]);
  });

  test("accepts a body of the largest length", async () => {
    expect((await ask("POST", START, undefined, " ".repeat(LONGEST_BODY))).status).toBe(422);
  });

  test("logs an error of its own", async () => {
    const { status, text, logged } = await ask("GET", "/_emulator/executions", ({ state }) => {
      state.store.all = () => {
        throw new Error("broken");
      };
    });
    expect([status, text]).toEqual([500, '{"detail":"broken"}']);
    expect(logged).toEqual(["GET /_emulator/executions failed: broken"]);
  });

  test("logs an error of an operation, which clients read too", async () => {
    const { status, text, logged } = await ask("GET", "/api/v2/external/workloads/list", ({ state }) => {
      state.store.active = () => {
        throw new Error("broken");
      };
    });
    expect([status, text]).toEqual([500, '{"detail":"The emulator could not do this: broken"}']);
    expect(logged).toEqual(["listWorkloads failed: broken"]);
  });

  test("reports an answer that the contract does not allow, and never sends it", async () => {
    const { status, text, logged, breaches } = await ask("GET", "/api/v2/external/health/ping", ({ state }) => {
      const request = { path: {}, query: {}, body: {} };
      const validator = { request: () => ({ kind: "valid", request }), answer: () => "wrong" };
      Object.assign(state, { validators: new Map([["ping", validator]]) });
    });
    expect([status, text]).toEqual([500, '{"detail":"CONTRACT BREACH of the emulator: wrong"}']);
    expect(logged).toEqual(["CONTRACT BREACH: wrong"]);
    expect(breaches).toMatchObject([{ operation: "ping", status: 200, reason: "wrong" }]);
  });
});
