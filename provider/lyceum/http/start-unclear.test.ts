import { createServer, type Socket } from "node:net";
import { Agent } from "undici";
import { pathOf } from "../operations";
import { startOutcome } from "../start-outcome";
import { clientFor, configurationFor, errorOf, SMALL_START } from "../testing/client";
import { type Answer, json, reset, serverForEachTest, text } from "../testing/server";
import { createCaller, DEFAULT_PORTS } from "./caller";

const server = serverForEachTest();

const cutShort: Answer = (response, _request, socket) => {
  response.writeHead(200, { "content-length": "1000" });
  response.write('{"execution_id":"e-1",', () => socket.destroy());
};
const starts = () => server.received.filter(({ url }) => url.endsWith(pathOf("startComposeExecution"))).length;

describe("unknown: a run may exist, and the start is not sent again", () => {
  const caveat = "The run may still have been started.";

  test.each<[string, Answer, string]>([
    ["500", json(500, { detail: "out of capacity" }), "LYC1108"],
    ["503 with Retry-After", json(503, {}, { "retry-after": "1" }), "LYC1108"],
    ["504 with a page", text(504, "<title>Gateway Time-out</title>"), "LYC1108"],
    // A redirect of 301 may lead to the result of a request that was carried out.
    ["a redirect of 301", text(301, "", { location: "https://elsewhere.example/start?x=1" }), "LYC1109"],
    ["a redirect of 302", text(302, "", { location: "https://elsewhere.example/start?x=1" }), "LYC1109"],
    ["a redirect of 303", text(303, "", { location: "https://elsewhere.example/start?x=1" }), "LYC1109"],
    ["a redirect of 300", text(300, ""), "LYC1109"],
    ["200 with a page", text(200, "<html>welcome</html>"), "LYC1111"],
    ["200 without an id", json(200, { status: "pending", streaming_url: "u" }), "LYC1111"],
    ["200 with an id that has lost digits", text(200, '{"execution_id":12345678901234567890}'), "LYC1111"],
    ["204", text(204, ""), "LYC1111"],
    ["a reset after the whole request", reset, "LYC1204"],
    ["an end in the middle of the answer", cutShort, "LYC1204"],
    ["something that is not HTTP", (_response, _request, socket) => void socket.end("garbage\r\n\r\n"), "LYC1204"],
  ])("the answer %s", async (_name, answer, code) => {
    server.answerWith(answer);
    const { client, slept } = clientFor(server.url);
    const outcome = await client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "unknown", error: { code } });
    expect(errorOf(outcome).message).toContain(caveat);
    expect([starts(), slept]).toEqual([1, []]);
  });

  test("503 with Retry-After reports how long to wait before the next start", async () => {
    server.answerWith(json(503, {}, { "retry-after": "40" }));
    const error = errorOf(await clientFor(server.url).client.start(SMALL_START));
    expect(error).toMatchObject({
      retryAfterSeconds: 40,
      message: expect.stringContaining("the service asks to wait 40 s."),
    });
  });

  test("no answer in time", async () => {
    const clocks: number[] = [];
    let fire = (): void => undefined;
    server.answerWith(() => fire());
    const timer = (seconds: number, callback: () => void) => {
      clocks.push(seconds);
      fire = callback;
      return () => undefined;
    };
    const outcome = await clientFor(server.url, { timer }).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1203" } });
    expect(errorOf(outcome).message).toContain(`no answer within 150 s. ${caveat}`);
    expect(clocks).toEqual([150]);
    expect(starts()).toBe(1);
  });

  test("cancelled while the service works on the answer", async () => {
    const controller = new AbortController();
    server.answerWith(() => controller.abort());
    const outcome = await clientFor(server.url).client.start(SMALL_START, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1206" } });
  });

  test("an answer larger than 8 MB", async () => {
    server.answerWith(text(200, `{"execution_id":"e","padding":"${"x".repeat(9 * 1024 * 1024)}"}`));
    const outcome = await clientFor(server.url).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1111" } });
  });

  test("a reset before one byte of the request was read", async () => {
    const sockets: Socket[] = [];
    const raw = createServer((socket) => {
      sockets.push(socket);
      socket.once("readable", () => socket.resetAndDestroy());
    });
    await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
    const { port } = raw.address() as { port: number };
    const outcome = await clientFor(`http://127.0.0.1:${port}`).client.start(SMALL_START);
    // Lyceum may have acted before this reset. The client cannot know whether it has.
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1204" } });
    expect(sockets).toHaveLength(1);
    await new Promise((resolve) => raw.close(resolve));
  });
});

test("a failure of the client itself after the request has left is unclear, so that the run is looked up", async () => {
  server.answerWith(json(200, { execution_id: "e-1", status: "pending", streaming_url: "u" }));
  const broken = createCaller(
    configurationFor(server.url),
    { ...DEFAULT_PORTS, dispatcher: new Agent() },
    (text) => text,
  );
  const outcome = startOutcome(
    await broken({
      operation: "startComposeExecution",
      body: {},
      parse: () => {
        throw new RangeError("canary-secret");
      },
    }),
  );
  expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1204" } });
  expect(errorOf(outcome).message).toMatch(/could not be processed \(RangeError\).*may still have been started/);
  expect(errorOf(outcome).message).not.toContain("canary");
});
