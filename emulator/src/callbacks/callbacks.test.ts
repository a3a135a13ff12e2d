import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startTestEmulator, type TestEmulator } from "../testing/emulator";
import { isOfThisMachine } from "./callbacks";

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly body: Record<string, unknown>;
}

let receiver: Server;
let received: Received[];
let logged: string[];
let emulator: TestEmulator;
let origin: string;

beforeEach(async () => {
  received = [];
  logged = [];
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url: path, headers } = request;
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      received.push({ method, path, type: headers["content-type"], body });
      if (path === "/away") response.writeHead(307, { location: "/elsewhere" });
      response.end();
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  emulator = await startTestEmulator({ log: (line) => logged.push(line) });
});
afterEach(async () => {
  await emulator.close();
  receiver.closeAllConnections();
  receiver.close();
});

test("each URL of this machine is notified once when the run has ended, others never", async () => {
  const urls = [`${origin}/one`, "https://hooks.example.com/s3cret", `${origin}/two?t=1`, "nothing"];
  const id = await emulator.start("{run: 1, exitCode: 3}", {
    user_callback_urls: urls,
    file_name: "label",
    docker_registry_credential_type: "basic",
    docker_username: "me",
    docker_password: "s3cret",
  });
  await emulator.advance(0.5);
  expect(received).toEqual([]);
  await emulator.advance(10);
  await emulator.close();
  expect(received.map(({ method, path, type }) => [method, path, type])).toEqual([
    ["POST", "/one", "application/json"],
    ["POST", "/two?t=1", "application/json"],
  ]);
  expect(received[0]?.body).toMatchObject({ execution_id: id, status: "failed", return_code: 3, file_name: "label" });
  expect(JSON.stringify([received, logged])).not.toContain("s3cret");
  const notSent = "was not sent: only http and https URLs of this machine are called";
  expect(logged.filter((line) => line.includes("not sent"))).toEqual([
    `${id}: callback to https://hooks.example.com ${notSent}`,
    `${id}: callback to what is no URL ${notSent}`,
  ]);
});

test("a redirect is not followed, and a receiver that is not there keeps the next from nothing", async () => {
  const urls = [`${origin}/away`, "http://127.0.0.1:1/", `${origin}/next`];
  const id = await emulator.start("{run: 1}", { user_callback_urls: urls });
  await emulator.advance(10);
  await emulator.close();
  expect(received.map(({ path }) => path)).toEqual(["/away", "/next"]);
  expect(logged).toEqual([
    `${id}: callback to ${origin} was answered with 307`,
    expect.stringContaining(`${id}: callback to http://127.0.0.1:1 failed: `),
    `${id}: callback to ${origin} was answered with 200`,
  ]);
});

test("a run that the end of the emulator ends is notified as well", async () => {
  const id = await emulator.start("{start: 0, run: 50}", { user_callback_urls: [`${origin}/end`] });
  await emulator.advance(1);
  await emulator.close();
  expect(received.map(({ body }) => [body.execution_id, body.status])).toEqual([[id, "system_failure"]]);
});

test.each([
  ["http://127.0.0.1:4000/done", true],
  ["https://localhost/x?token=y", true],
  ["http://[::1]:1/", true],
  ["http://2130706433/", true],
  ["http://10.0.0.1/", false],
  ["http://0.0.0.0/", false],
  ["http://localhost.example.com/", false],
  ["http://127.0.0.1.example.com/", false],
  ["http://[::ffff:10.0.0.1]/", false],
  ["http://name:s3cret@localhost/", false],
  ["file:///etc/s3cret", false],
])("whether %s is of this machine: %s", (url, expected) => expect(isOfThisMachine(new URL(url))).toBe(expected));
