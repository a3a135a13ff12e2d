import { request as httpRequest } from "node:http";
import { refusalOf } from "./server/headers";
import { route, startTestEmulator, type TestEmulator } from "./testing/emulator";

const allowed = new Set(["emulator", "[fd00::1]"]);

test.each([
  ["127.0.0.1:4010", true],
  ["127.9.9.9", true],
  ["LOCALHOST:4010", true],
  ["[::1]:4010", true],
  ["emulator:4010", true],
  ["Emulator", true],
  ["[fd00::1]:4010", true],
  ["emulator.attacker.example", false],
  ["attacker.example:4010", false],
  ["127.0.0.1.attacker.example", false],
  ["emulator@attacker.example", false],
  ["10.0.0.1", false],
  ["emulator:4010:4010", false],
  ["", false],
  [undefined, false],
])("a request to the host %s is for this server: %s", (host, expected) => {
  expect(refusalOf({ host }, allowed) === undefined).toBe(expected);
  expect(refusalOf({ host, origin: "http://attacker.example" }, allowed)).toBeDefined();
  expect(refusalOf({ host, origin: `http://${host}` }, allowed) === undefined).toBe(expected);
  expect(refusalOf({ host, "sec-fetch-site": "cross-site" }, allowed)).toBeDefined();
});

test("the error names the option, and repeats no text that is not a host name", () => {
  expect(refusalOf({ host: "ci-emulator:4010" }, allowed)).toMatch(/start it with --allow-host ci-emulator\.$/);
  expect(refusalOf({ host: "<b>\u001b" }, allowed)).toMatch(/--allow-host NAME\.$/);
});

describe("an emulator for other containers", () => {
  let emulator: TestEmulator;
  beforeAll(async () => {
    emulator = await startTestEmulator({ host: "0.0.0.0", allowedHosts: ["Emulator"] });
  });
  afterAll(() => emulator.close());

  /** Sends a request as a client in another container does. `fetch` would set the header `Host` by itself. */
  function send(host: string, method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
    const { port } = new URL(emulator.url);
    const headers = { host, authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      const request = httpRequest({ hostname: "127.0.0.1", port, method, path, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      });
      request.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  test("answers with addresses that its client reaches", async () => {
    const base = new URL(emulator.url).pathname;
    expect(new URL(emulator.url).hostname).toBe("127.0.0.1");
    const [method, path] = route("createStorageCredentials");
    for (const host of ["emulator:4010", "127.0.0.1:5000"]) {
      const credentials = await send(host, method, base + path);
      expect(JSON.parse(credentials.text)).toMatchObject({ endpoint: `http://${host}` });
      const [start, to] = route("startComposeExecution");
      const started = await send(host, start, base + to, { compose_file_code: "services: {a: {image: b}}" });
      expect(JSON.parse(started.text).streaming_url).toMatch(`http://${host}/api/v1/stream/local-`);
    }
  });

  test.each([
    ["the API", "/api/v2/external/health/ping", 200],
    ["the control endpoint", "/_emulator", 200],
    ["the page", "/", 200],
    ["the bucket", "/local-bucket/a", 400],
  ])("refuses another name with the key too: %s", async (_what, path, status) => {
    expect((await send("emulator:4010", "GET", path)).status).toBe(status);
    const refused = await send("attacker.example", "GET", path);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("start it with --allow-host attacker.example");
  });
});
