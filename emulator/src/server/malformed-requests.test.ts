import { connect, type Socket } from "node:net";
import { startTestEmulator, type TestEmulator } from "../testing/emulator";

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator({ requestTimeouts: { headers: 200, request: 400, check: 50 } });
});
afterAll(() => emulator.close());

const body = JSON.stringify({ compose_file_code: "services: {a: {image: b}}" });
const start = `POST /api/v2/external/execution/compose/start HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer lk_test\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

/** Everything that comes back for some bytes; `after` may send more on the way. */
function converse(bytes: string, after?: (soFar: string, socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(emulator.url).port) });
    socket.on("data", (chunk) => {
      answer += String(chunk);
      after?.(answer, socket);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
    socket.write(bytes);
  });
}

function statuses(answer: string): string[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1] ?? "");
}

test("a start in front of garbage is answered before the garbage is refused", async () => {
  const answer = await converse(`${start}${start}\u0000 no HTTP\r\n\r\n`);
  expect(statuses(answer)).toEqual(["200", "200", "400"]);
  expect(answer).toMatch(/"execution_id"[\s\S]*"execution_id"[\s\S]*could not be read/);
});

test("garbage behind a request does not stand in the middle of its stream", async () => {
  const id = await emulator.start("{run: 1, output: [first, second]}");
  let sent = false;
  const answer = await converse(`GET /api/v1/stream/${id} HTTP/1.1\r\nhost: localhost\r\n\r\n`, (soFar, socket) => {
    if (sent || !soFar.includes("text/event-stream")) return;
    sent = true;
    socket.write("\u0000 no HTTP\r\n\r\n");
    void emulator.advance(5);
  });
  expect(answer).toMatch(/first[\s\S]*second[\s\S]*jobFinished[\s\S]*0\r\n\r\n/);
  expect(answer.slice(0, answer.indexOf("jobFinished"))).not.toContain("400");
});

test.each([
  ["half a header", "GET /api/v2/external/health/ping HTTP/1.1\r\nhost: loc", "408"],
  ["half a body", start.slice(0, -5), "408"],
  ["nothing more behind a whole request", `${start}GET `, "200,408"],
])("a client that hangs after %s is let go", async (_, bytes, expected) => {
  expect(statuses(await converse(bytes)).join()).toBe(expected);
});

test("a client that sends a byte at a time is let go too", async () => {
  let trickle: NodeJS.Timeout | undefined;
  const answer = await new Promise<string>((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(emulator.url).port) });
    let heard = "";
    socket.on("data", (chunk) => {
      heard += String(chunk);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(heard));
    trickle = setInterval(() => socket.writable && socket.write("x"), 20);
    socket.write("GET /api/v2/external/health/ping HTTP/1.1\r\nhost: localhost\r\nx: ");
  });
  clearInterval(trickle);
  expect(statuses(answer)).toEqual(["408"]);
});

test("headers that are too long are answered so, and HEAD gets no body", async () => {
  const long = `/ HTTP/1.1\r\nhost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`;
  expect(await converse(`GET ${long}`)).toMatch(/^HTTP\/1\.1 431 [\s\S]*\{"detail"/);
  expect(await converse(`HEAD ${long}`)).toMatch(/^HTTP\/1\.1 431 [\s\S]*\r\n\r\n$/);
});

test("a CONNECT behind a start does not take the start's answer away", async () => {
  const answer = await converse(`${start}CONNECT localhost:22 HTTP/1.1\r\nhost: localhost\r\n\r\n`);
  expect(statuses(answer)).toEqual(["200", "501"]);
});
