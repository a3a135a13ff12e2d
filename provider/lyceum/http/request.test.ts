import { clientFor, FULL_START, TOKEN } from "../testing/client";
import { json, serverForEachTest } from "../testing/server";

const server = serverForEachTest();
const started = { execution_id: "run-1", status: "pending", streaming_url: "https://stream.test/1" };
const common = { accept: "application/json", authorization: `Bearer ${TOKEN}` };

test("a start is sent as JSON, with all its fields", async () => {
  server.answerWith(json(200, started));
  expect(await clientFor(server.url).client.start(FULL_START)).toMatchObject({ kind: "started" });
  const [request] = server.received;
  expect(JSON.parse(request?.body ?? "")).toEqual(FULL_START);
  expect(request?.headers).toMatchObject({ ...common, "content-type": "application/json" });
});

test("a read has no body", async () => {
  server.answerWith(json(200, { executions: [] }));
  await clientFor(server.url).client.listActive();
  const [request] = server.received;
  expect([request?.method, request?.body]).toEqual(["GET", ""]);
  expect(request?.headers).toMatchObject(common);
  expect(request?.headers).not.toHaveProperty("content-type");
});

test.each([
  ["the organisation of a token", { organisation: "acme" }, "acme"],
  ["no organisation for an API key", {}, undefined],
])("a request names %s", async (_, more, slug) => {
  server.answerWith(json(200, { executions: [] }));
  await clientFor(server.url, {}, more).client.listActive();
  expect(server.received[0]?.headers["x-org-slug"]).toBe(slug);
});

test.each([
  ["", "/execution/e-1"],
  ["/v2", "/v2/execution/e-1"],
])("the path %j of the base URL comes first", async (path, url) => {
  server.answerWith(json(200, { status: "running" }));
  await clientFor(server.url, {}, { baseUrl: `${server.url}${path}` }).client.record("e-1");
  expect(server.received.map((request) => request.url)).toEqual([url]);
});

test.each([
  ["simulated", true],
  ["docker", false],
  [undefined, false],
])("a client knows whether its runs are simulated: the engine is %s", async (engine, isSimulated) => {
  const headers = engine === undefined ? {} : { "x-lyceum-emulator": engine };
  server.answerWith(json(200, { status: "running" }, headers));
  const { client } = clientFor(server.url);
  await client.record("e-1");
  expect(client.isSimulated?.()).toBe(isSimulated);
});

test("a request has the headers of headersOf in caller.ts that are listed here, and no other", async () => {
  server.answerWith(json(200, started));
  await clientFor(server.url, {}, { organisation: "acme" }).client.start(FULL_START);
  const own = ["accept", "authorization", "content-type", "user-agent", "x-org-slug"];
  const ofHttp = ["connection", "content-length", "host"];
  expect(Object.keys(server.received[0]?.headers ?? {}).sort()).toEqual([...own, ...ofHttp].sort());
});
