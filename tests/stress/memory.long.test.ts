import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { send } from "../fuzz/http";
import { waitUntil } from "../harness/wait";
import { API_KEY, BASE_PATH, type EmulatorProcess, startEmulatorProcess } from "./emulator-process";

const FEW = 2_000;
const MANY = 10_000;
/** Bytes of the text of one run. */
const TEXT = 10_000;
/**
 * The heap is kept tight, so that V8 collects as it goes: what is measured is what is kept, not when garbage was taken last.
 * The emulator keeps a few values of each run, about 3 KB; one that kept their texts too, 100 MB, would not even survive.
 */
const HEAP = 64;
const GROWTH = ((MANY - FEW) * TEXT) / 2 / 2 ** 20;

// The memory of another process is read from /proc, which is Linux's.
const onLinux = process.platform === "linux" ? test : test.skip;

let emulator: EmulatorProcess;
afterEach(() => emulator.end());

onLinux(
  "of 10 000 simulated runs the memory keeps less than half of their texts (left out without /proc)",
  async () => {
    emulator = await startEmulatorProcess({ clock: "manual", heapMegabytes: HEAP });
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" };
    const body = JSON.stringify({
      compose_file_code: `services: {a: {image: busybox}}\n# ${"-".repeat(TEXT)}\nx-lyceum-sim: {run: 1, output: [first, second, third]}\n`,
      file_name: "memory",
    });
    const post = async (path: string, text?: string): Promise<void> => {
      const answer = await send(emulator.port, agent, {
        method: "POST",
        path,
        headers,
        ...(text === undefined ? {} : { body: text }),
      });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body}`);
    };
    /** Starts so many runs and lets them end. */
    const runs = async (count: number): Promise<void> => {
      for (let done = 0; done < count; done += 100) {
        await Promise.all(Array.from({ length: 100 }, () => post(`${BASE_PATH}/execution/compose/start`, body)));
        await post("/_emulator/clock/advance", JSON.stringify({ seconds: 5 }));
        // The log of requests is kept for tests, with their bodies: up to half of this heap.
        await emulator.control("DELETE", "/requests");
      }
    };
    await runs(FEW);
    const before = await restingMegabytes();
    await runs(MANY - FEW);
    const after = await restingMegabytes();
    process.stderr.write(`stress: memory after ${FEW} runs ${before} MB, after ${MANY} runs ${after} MB\n`);
    expect(after - before).toBeLessThan(GROWTH);
    const history = await fetch(`${emulator.origin}${BASE_PATH}/billing/history?limit=1`, { headers });
    expect(await history.json()).toMatchObject({ total_executions: MANY, counts_by_status: { completed: MANY } });
    agent.destroy();
  },
  300_000,
);

/** The least of a few measurements: what a collection of garbage is about to take is no growth. */
async function restingMegabytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  let scans = 0;
  await waitUntil("the memory to rest", 20, () => {
    const pages = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${emulator.pid}/status`, "utf8"))?.[1];
    least = Math.min(least, Number(pages) / 1024);
    scans += 1;
    return scans >= 20;
  });
  return Math.round(least);
}
