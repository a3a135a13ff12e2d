import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "../harness/wait";
import { activeRuns, call, isEnd, ledger, ledgerErrors, start } from "./client";
import { type EmulatorProcess, startEmulatorProcess } from "./emulator-process";

const RUNS = 200;

/** Scripts that meet an end of the emulator in every phase: queued, starting, running, about to end. */
const scripts = [
  "{run: 0.1}",
  "{queue: 0.5, run: 0.2}",
  "{start: 1, run: 0.1}",
  "{run: 2}",
  "{queue: 3}",
  "{run: 0.3, exitCode: 3}",
];

let folder: string;
let emulator: EmulatorProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-stress-"));
});
afterEach(async () => {
  await emulator?.end("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

test.each(["SIGTERM", "SIGKILL"] as const)(
  "%s three times in the middle of 200 starts at once: none that was answered is lost",
  async (signal) => {
    const sent = new Set<string>();
    const answered: string[] = [];
    let left = RUNS;
    for (let life = 0; life < 3; life++) {
      const current = await startEmulatorProcess({ data: folder });
      emulator = current;
      const starts = Array.from({ length: Math.ceil(RUNS / 3) }, async (_, index) => {
        const name = `${signal}-${life}-${index}`;
        sent.add(name);
        const outcome = await start(current, name, scripts[index % scripts.length] ?? "{}");
        if (outcome?.id !== undefined) answered.push(outcome.id);
        left -= 1;
      });
      // While some are answered and some are not.
      const before = answered.length;
      await waitUntil("the first starts to be answered", 20, () => answered.length >= before + 20);
      const code = await current.end(signal);
      if (signal === "SIGTERM") expect(code).toBe(0);
      await Promise.all(starts);
    }
    expect(left).toBeLessThanOrEqual(0);
    const last = await startEmulatorProcess({ data: folder });
    emulator = last;
    await waitUntil("every run to end", 30, async () => (await activeRuns(last)) === 0);
    const entries = await ledger(last);
    expect(ledgerErrors(entries, answered, sent)).toEqual([]);
    expect(entries.every((entry) => isEnd(entry.status))).toBe(true);
    expect(await last.control("GET", "/breaches")).toEqual([]);
    const history = (await call(last, "GET", "/billing/history?limit=1000"))?.body as {
      readonly total_executions: number;
      readonly executions: readonly unknown[];
    };
    // The counters did not drift from the records.
    expect(history.total_executions).toBe(entries.length);
    expect(history.executions).toHaveLength(entries.length);
  },
  90_000,
);

test("killed as it recovers, again and again, it still ends what was started", async () => {
  const first = await startEmulatorProcess({ data: folder });
  emulator = first;
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, index) => start(first, `r-${index}`, "{queue: 0.2, run: 0.2}")),
  );
  await first.end("SIGKILL");
  for (let life = 0; life < 3; life++) {
    emulator = await startEmulatorProcess({ data: folder });
    await emulator.end("SIGKILL");
  }
  const last = await startEmulatorProcess({ data: folder });
  emulator = last;
  await waitUntil("every run to end", 30, async () => (await ledger(last)).every((entry) => isEnd(entry.status)));
  const names = new Set(outcomes.map((_, index) => `r-${index}`));
  expect(
    ledgerErrors(
      await ledger(last),
      outcomes.flatMap((one) => one?.id ?? []),
      names,
    ),
  ).toEqual([]);
  expect(await ledger(last)).toHaveLength(60);
}, 90_000);
