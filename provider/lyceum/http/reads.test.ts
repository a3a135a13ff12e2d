import { clientFor, TOKEN } from "../testing/client";
import { type Answer, json, reset, serverForEachTest, text } from "../testing/server";

const server = serverForEachTest();

const RUNNING = json(200, { status: "running" });

describe("retries", () => {
  test.each<[string, Answer]>([
    ["500", json(500, {})],
    ["502 with a page", text(502, "<title>Bad Gateway</title>")],
    ["429", json(429, {})],
    ["a reset", reset],
    ["a page in place of an answer", text(200, "<html></html>")],
    ["an answer without a status", json(200, {})],
  ])("a read succeeds after %s", async (_name, answer) => {
    server.answerWith(answer, answer, RUNNING);
    const { client, slept } = clientFor(server.url);
    await expect(client.record("e-1")).resolves.toMatchObject({ kind: "found", value: { status: "running" } });
    expect(slept).toEqual([0.25, 0.5]);
    expect(server.received).toHaveLength(3);
  });

  test("an abort is tried again too", async () => {
    server.answerWith(json(503, {}), reset, json(200, { status: "cancelling" }));
    const { client, slept } = clientFor(server.url);
    await expect(client.abort("e-1")).resolves.toEqual({ kind: "found", value: { status: "cancelling" } });
    expect(slept).toHaveLength(2);
  });

  test("a call gives up after five attempts, and its error has their number", async () => {
    server.answerWith(json(500, { detail: "still down" }));
    const { client, slept } = clientFor(server.url);
    await expect(client.listActive()).rejects.toMatchObject({
      code: "LYC1108",
      status: 500,
      message: expect.stringContaining("failed (5 attempts)"),
    });
    expect([server.received.length, slept]).toEqual([5, [0.25, 0.5, 1, 2]]);
  });

  test("a refusal of a read does not ask to correct an argument: a read has none", async () => {
    const detail = { loc: ["path", "execution_id"], msg: "Input should be a valid UUID", type: "uuid_parsing" };
    server.answerWith(json(422, { detail: [detail] }));
    const { client } = clientFor(server.url);
    for (const call of [client.record("e-1"), client.abort("e-1"), client.listActive()]) {
      const error = await call.then(String, String);
      expect(error).toMatch(/LYC1104.*Input should be a valid UUID.*Check the id of the run, and that the base URL is/);
      expect(error).not.toContain("Correct the argument");
    }
  });

  test("a 404 has its own meaning, but not for a list", async () => {
    server.answerWith(json(404, { detail: "Execution not found" }));
    const { client } = clientFor(server.url);
    for (const read of [client.record, client.olderStatus, client.abort]) {
      await expect(read("e-1")).resolves.toMatchObject({ kind: "missing", error: { code: "LYC1103", status: 404 } });
    }
    await expect(client.listActive()).rejects.toMatchObject({ code: "LYC1103" });
    expect(server.received).toHaveLength(4);
  });

  test("a call waits as long as the service asks, in seconds or until a date", async () => {
    const now = Date.parse("2030-01-02T03:04:05Z");
    server.answerWith(
      json(429, {}, { "retry-after": "7" }),
      json(503, {}, { "retry-after": "Wed, 02 Jan 2030 03:04:15 GMT" }),
      RUNNING,
    );
    const { client, slept } = clientFor(server.url, { now: () => now });
    await client.record("e-1");
    expect(slept).toEqual([7, 10]);
  });

  test("a call ends with its signal, also during a backoff", async () => {
    const controller = new AbortController();
    server.answerWith(json(500, {}));
    const sleep = async (_seconds: number, signal?: AbortSignal): Promise<void> => {
      expect(signal).toBe(controller.signal);
      controller.abort();
    };
    const { client } = clientFor(server.url, { sleep });
    await expect(client.record("e-1", { signal: controller.signal })).rejects.toMatchObject({ code: "LYC1206" });
    expect(server.received).toHaveLength(1);
  });

  test("a call whose time is over reports its last failure, not a cancellation", async () => {
    const outOfTime = () => {
      const controller = new AbortController();
      return { signal: controller.signal, fire: () => controller.abort(new DOMException("late", "TimeoutError")) };
    };
    const hanging = outOfTime();
    let now = 1000;
    server.answerWith(() => {
      now += 12_345;
      hanging.fire();
    });
    const { client } = clientFor(server.url, { now: () => now });
    await expect(client.record("e-1", { signal: hanging.signal })).rejects.toMatchObject({
      code: "LYC1203",
      message: expect.stringContaining("failed: no answer within 12 s."),
    });
    // If the time of a call ends between two attempts, the call reports the error of the last attempt.
    const failing = outOfTime();
    server.answerWith(json(503, { detail: "out of order" }));
    const sleep = async (): Promise<void> => failing.fire();
    const pausing = clientFor(server.url, { sleep }).client;
    await expect(pausing.abort("e-1", { signal: failing.signal })).rejects.toMatchObject({
      code: "LYC1108",
      reported: "out of order",
    });
  });

  test.each([
    [89, 2],
    [90, 1],
  ])("the last attempt begins at most 90 s after the first one: each takes %d s", async (seconds, attempts) => {
    let now = 1000;
    server.answerWith((...exchange) => {
      now += seconds * 1000;
      return json(500, {})(...exchange);
    });
    await expect(clientFor(server.url, { now: () => now }).client.record("e-1")).rejects.toMatchObject({ status: 500 });
    expect(server.received).toHaveLength(attempts);
  });

  test("each attempt of a read has 30 s", async () => {
    const clocks: number[] = [];
    let fire = (): void => undefined;
    server.answerWith(() => fire(), RUNNING);
    const timer = (seconds: number, callback: () => void) => {
      clocks.push(seconds);
      fire = callback;
      return () => undefined;
    };
    await clientFor(server.url, { timer }).client.record("e-1");
    expect(clocks).toEqual([30, 30]);
  });
});

test.each([
  ['\ufeff{"status": "running", "file_name": "a"}', "a"],
  ['{"status": "running", "file_name": "a\ufeffb"}', "a·b"],
])("a byte order mark is removed only at the start of an answer: %j", async (answer, fileName) => {
  server.answerWith(text(200, answer));
  await expect(clientFor(server.url).client.record("e-1")).resolves.toMatchObject({ value: { fileName } });
});

describe("an abort that is to be sent once", () => {
  test.each<[string, Answer, string]>([
    ["503", json(503, {}), "LYC1108"],
    ["429", json(429, {}), "LYC1107"],
    ["a reset", reset, "LYC1204"],
    ["a page", text(200, "<html></html>"), "LYC1111"],
    ["half an object", text(200, '{"execution_id": "e'), "LYC1111"],
  ])("is not sent again after %s", async (_name, answer, code) => {
    server.answerWith(answer);
    const { client } = clientFor(server.url);
    await expect(client.abort("e-1", { sentOnce: true })).rejects.toMatchObject({ code });
    expect(server.received).toHaveLength(1);
  });

  test("is sent again if the request never left", async () => {
    const { url } = server;
    await server.close();
    const { client, slept } = clientFor(url);
    await expect(client.abort("e-1", { sentOnce: true })).rejects.toMatchObject({ code: "LYC1201" });
    expect(slept).toHaveLength(4);
  });

  test("may take longer than another call", async () => {
    const clocks: number[] = [];
    server.answerWith(text(204, ""));
    const timer = (seconds: number) => {
      clocks.push(seconds);
      return () => undefined;
    };
    const { client } = clientFor(server.url, { timer });
    await expect(client.abort("e-1", { sentOnce: true, timeoutSeconds: 70 })).resolves.toEqual({
      kind: "found",
      value: {},
    });
    expect(clocks).toEqual([70]);
  });
});

test("a 401 reports the source of the token, what becomes of the runs, and what to do", async () => {
  server.answerWith(json(401, { detail: `Invalid token ${TOKEN}` }));
  await expect(clientFor(server.url).client.record("e-1")).rejects.toMatchObject({
    code: "LYC1101",
    message:
      `Reading the execution failed: ${server.url}/api/v2/external refused the API key from LYCEUM_API_KEY (401). ` +
      "The service reports: Invalid token [redacted]. Started runs continue, and their ids stay in the state. " +
      'If this is the emulator, run `eval "$(npx pulumi-lyceum emulator --env)"` in this shell, which has the key of another emulator. Then run the same command again.',
  });
});

test.each(["", "  ", ".", "..", "x".repeat(513)])("an id that cannot stand in a path is not sent: %j", async (id) => {
  const { client } = clientFor(server.url);
  for (const call of [client.record(id), client.olderStatus(id), client.abort(id), client.logsTail(id, 5)]) {
    await expect(call).rejects.toMatchObject({ code: "LYC1112" });
  }
  expect(server.received).toHaveLength(0);
});

test("each character of an id stays within its segment of the path", async () => {
  server.answerWith(RUNNING);
  const { client } = clientFor(server.url);
  for (const id of ["../../user/status", "a?b#c", "a%2Fb", "é", "a b"]) await client.record(id);
  const paths = server.received.map(({ url }) => url.replace("/api/v2/external/execution/", ""));
  expect(paths.every((path) => !/[/?#\s]/.test(path))).toBe(true);
  expect(paths.map(decodeURIComponent)).toEqual(["../../user/status", "a?b#c", "a%2Fb", "é", "a b"]);
});
