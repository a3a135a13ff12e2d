import { connect, type Socket } from "node:net";
import { waitUntil } from "../harness/wait";
import { call, ledger, ledgerErrors, start } from "./client";
import { API_KEY, BASE_PATH, type EmulatorProcess, startEmulatorProcess } from "./emulator-process";

let emulator: EmulatorProcess;
beforeEach(async () => {
  emulator = await startEmulatorProcess();
});
afterEach(() => emulator.end());

test("two clients abort the same runs: each ends once, and both learn it", async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, index) => start(emulator, `a-${index}`, "{run: 60}")),
  );
  const ids = outcomes.flatMap((one) => one?.id ?? []);
  const answers = await Promise.all([...ids, ...ids].map((id) => call(emulator, "POST", `/workloads/abort/${id}`)));
  for (const answer of answers) expect([200, 404]).toContain(answer?.status);
  await waitUntil("the ends", 30, async () => (await ledger(emulator)).every((entry) => entry.status === "aborted"));
  const entries = await ledger(emulator);
  expect(ledgerErrors(entries, ids, new Set(ids.map((_, index) => `a-${index}`)))).toEqual([]);
  // Each run is the one that its client was given the id of.
  for (const { executionId, fileName } of entries) expect(fileName).toBe(`a-${ids.indexOf(executionId)}`);
}, 60_000);

/** Milliseconds that ten starts take, one after the other. */
async function timeOfStarts(of: EmulatorProcess, turn: number): Promise<number> {
  const begunAt = performance.now();
  for (let index = 0; index < 10; index++) {
    expect((await start(of, `beside-${turn}-${index}`, "{run: 0}"))?.status).toBe(200);
  }
  return performance.now() - begunAt;
}

test("clients that hang, in every way, keep nobody waiting and hold no memory", async () => {
  const idle = await startEmulatorProcess();
  const id = (await start(emulator, "stream", `{run: 60, output: [${"x, ".repeat(50)}y]}`))?.id ?? "";
  const sockets: Socket[] = [];
  const hang = (text: string): void => {
    const socket = connect({ host: "127.0.0.1", port: emulator.port });
    // It never reads: what is sent to it stays in the buffers of both.
    socket.pause();
    socket.on("error", () => undefined);
    socket.write(text);
    sockets.push(socket);
  };
  try {
    for (let index = 0; index < 60; index++) {
      hang("");
      hang(`POST ${BASE_PATH}/execution/compose/start HTTP/1.1\r\nhost: localhost\r\n`);
      hang(
        `POST ${BASE_PATH}/execution/compose/start HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ncontent-length: 16000000\r\n\r\n{"compose`,
      );
      hang(`GET /api/v1/stream/${id} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
      hang(
        `GET ${BASE_PATH}/billing/history HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\n\r\n`.repeat(
          50,
        ),
      );
    }
    // Measured in turns with an emulator that nobody keeps busy, and the least of each counts.
    const least = { busy: Number.POSITIVE_INFINITY, idle: Number.POSITIVE_INFINITY };
    for (let turn = 0; turn < 5; turn++) {
      least.busy = Math.min(least.busy, await timeOfStarts(emulator, turn));
      least.idle = Math.min(least.idle, await timeOfStarts(idle, turn));
    }
    expect(least.busy / least.idle).toBeLessThan(5);
  } finally {
    for (const socket of sockets) socket.destroy();
    await idle.end();
  }
  // Those that hang do not keep it from ending either.
  hang(`GET /api/v1/stream/${id} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
  // Its run goes on for longer than `end` waits before it kills.
  expect(await emulator.end()).toBe(0);
  sockets.at(-1)?.destroy();
}, 60_000);
