import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startTestEmulator, type TestEmulator } from "../testing/emulator";
import { mostCallbacks } from "./callbacks";

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
  expect(logged).toEqual([
    `${id}: callback to https://hooks.example.com was not sent: only this machine is called`,
    `${id}: callback to a callback was not sent: it is not a valid URL`,
  ]);
});

test("a redirect is not followed, and an answer that is no success is noted", async () => {
  const id = await emulator.start("{run: 1}", { user_callback_urls: [`${origin}/away`] });
  await emulator.advance(10);
  await emulator.close();
  expect(received.map(({ path }) => path)).toEqual(["/away"]);
  expect(logged).toEqual([`${id}: callback to ${origin} was answered with 307`]);
});

test("a receiver that is not there is noted, and the next is called", async () => {
  const id = await emulator.start("{run: 1}", { user_callback_urls: ["http://127.0.0.1:1/", `${origin}/next`] });
  await emulator.advance(10);
  await emulator.close();
  expect(received.map(({ path }) => path)).toEqual(["/next"]);
  expect(logged).toEqual([expect.stringContaining(`${id}: callback to http://127.0.0.1:1 failed: `)]);
});

test("of very many URLs the first are called", async () => {
  await emulator.start("{run: 1}", { user_callback_urls: Array.from({ length: 1_000 }, (_, i) => `${origin}/${i}`) });
  await emulator.advance(10);
  await emulator.close();
  expect(received).toHaveLength(mostCallbacks);
  expect(logged).toEqual([expect.stringContaining(`beyond the first ${mostCallbacks} were not called: 980`)]);
});

test("a run that the end of the emulator ends is notified as well", async () => {
  const id = await emulator.start("{start: 0, run: 50}", { user_callback_urls: [`${origin}/end`] });
  await emulator.advance(1);
  await emulator.close();
  expect(received.map(({ body }) => [body.execution_id, body.status])).toEqual([[id, "system_failure"]]);
});
