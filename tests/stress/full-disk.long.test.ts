import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "../harness/wait";
import { activeRuns, call, ledger, ledgerErrors, start } from "./client";
import { type EmulatorProcess, startEmulatorProcess } from "./emulator-process";

/** Why no small disk can be made here, or nothing. */
function reasonAgainst(): string | undefined {
  if (process.platform !== "linux") return "only Linux has tmpfs";
  if (process.getuid?.() !== 0) return "mounting needs root";
  const folder = mkdtempSync(join(tmpdir(), "lyceum-mount-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
  if (mounted.status === 0) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true, force: true });
  return mounted.status === 0 ? undefined : "mount is not allowed";
}

const reason = reasonAgainst();
const withDisk = reason === undefined ? test : test.skip;

let disk: string;
let emulator: EmulatorProcess | undefined;
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), "lyceum-disk-"));
  if (reason === undefined) execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", disk]);
});
afterEach(async () => {
  await emulator?.end("SIGKILL");
  if (reason === undefined) execFileSync("umount", [disk]);
  rmSync(disk, { recursive: true, force: true });
});

withDisk(
  `a full disk loses no run${reason === undefined ? "" : ` (left out: ${reason})`}`,
  async () => {
    const current = await startEmulatorProcess({ data: join(disk, "data") });
    emulator = current;
    const sent = new Set<string>();
    const answered: string[] = [];
    const tryStart = async (name: string): Promise<number | undefined> => {
      sent.add(name);
      // Long enough that a full disk is met within a few of them.
      const outcome = await start(current, name, `{run: 0.5} # ${"x".repeat(60_000)}`);
      if (outcome?.id !== undefined) answered.push(outcome.id);
      return outcome?.status;
    };
    for (let index = 0; index < 20; index++) expect(await tryStart(`before-${index}`)).toBe(200);

    const filler = join(disk, "filler");
    fill(filler);
    const statuses: (number | undefined)[] = [];
    for (let index = 0; index < 30; index++) statuses.push(await tryStart(`full-${index}`));
    expect(new Set(statuses)).toEqual(new Set(statuses.includes(200) ? [200, 500] : [500]));
    expect(statuses.at(-1)).toBe(500);
    // Reads go on, and show no start that was refused.
    const history = await call(current, "GET", "/billing/history?limit=1000");
    expect(history?.status).toBe(200);
    expect(history?.body).toMatchObject({ total_executions: answered.length });
    expect(current.isAlive()).toBe(true);

    rmSync(filler);
    await waitUntil("starts to be taken again", 20, async () => (await tryStart(`after-${sent.size}`)) === 200);
    await waitUntil("every run to end", 20, async () => (await activeRuns(current)) === 0);
    expect(ledgerErrors(await ledger(current), answered, sent)).toEqual([]);

    // The next emulator on the same data reports the same.
    await current.end("SIGKILL");
    emulator = await startEmulatorProcess({ data: join(disk, "data") });
    expect(ledgerErrors(await ledger(emulator), answered, sent)).toEqual([]);
  },
  90_000,
);

/** Writes until nothing fits any more. */
function fill(path: string): void {
  const file = openSync(path, "w");
  try {
    for (const block of [Buffer.alloc(1024 * 1024), Buffer.alloc(4096)]) {
      for (;;) {
        try {
          if (writeSync(file, block) < block.length) break;
        } catch {
          break;
        }
      }
    }
  } finally {
    closeSync(file);
  }
}
