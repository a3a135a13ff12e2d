import { createLyceumClient } from "../client";
import { configurationFor, TOKEN } from "../testing/client";
import { type Answer, json, reset, startServer, type TestServer, text } from "../testing/server";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const events = (...parts: readonly string[]): Answer =>
  text(200, parts.join(""), { "content-type": "text/event-stream" });

async function listen(prefix = "") {
  const client = createLyceumClient(
    configurationFor(server.url, { baseUrl: `${server.url}${prefix}/api/v2/external` }),
  );
  let heard = 0;
  const onEvent = () => {
    heard += 1;
  };
  const end = await client.listen("run 1", onEvent, new AbortController().signal);
  await client.close();
  return { end, heard, asked: server.received.map(({ method, url }) => `${method} ${url}`) };
}

test("the first way that is answered is read to its end, without the token", async () => {
  server.answerWith(events('data: {"output":{"content":"a"}}\n\n', "data: Stream complete\n\n"));
  const { end, heard, asked } = await listen();
  expect([end, heard > 0, asked]).toEqual(["ended", true, ["GET /api/v1/stream/run%201"]]);
  expect(server.received[0]?.headers.authorization).toBeUndefined();
});

test("both verbs are tried, without the token and with it", async () => {
  server.answerWith(json(405, {}), json(401, {}), json(405, {}), events("data: 1\n\n"));
  const { end } = await listen();
  const ways = server.received.map(({ method, headers }) => [method, headers.authorization]);
  expect(end).toBe("ended");
  expect(ways).toEqual([
    ["GET", undefined],
    ["POST", undefined],
    ["GET", `Bearer ${TOKEN}`],
    ["POST", `Bearer ${TOKEN}`],
  ]);
});

test.each<[string, Answer]>([
  ["a page", text(200, "<html></html>", { "content-type": "text/html" })],
  ["a refusal", json(404, {})],
])("%s is no stream", async (_, answer) => {
  server.answerWith(answer);
  await expect(listen()).resolves.toMatchObject({ end: "unavailable", heard: 0 });
});

test("a broken connection is no stream, and is not tried in other ways", async () => {
  server.answerWith(reset);
  await expect(listen()).resolves.toMatchObject({ end: "unavailable", asked: ["GET /api/v1/stream/run%201"] });
});

test("the prefix of a gateway stays in front, so the key goes nowhere else", async () => {
  server.answerWith(json(404, {}));
  const { asked } = await listen("/gateway");
  expect(new Set(asked)).toEqual(
    new Set(["GET /gateway/api/v1/stream/run%201", "POST /gateway/api/v1/stream/run%201"]),
  );
});
