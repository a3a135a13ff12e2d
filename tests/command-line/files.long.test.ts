import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../harness/emulator/emulator";
import { compareGolden } from "../harness/golden/golden";
import { type RunResult, start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";

const main = join(ROOT, "dist", "cli", "main.js");
const LARGE = 20_000_000;

let folder = "";
let emulator: Emulator;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-files-"));
  emulator = await startEmulator("simulated", join(folder, "emulator"), process.env);
});
afterEach(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

function files(...args: readonly string[]) {
  const env = { ...process.env, LYCEUM_BASE_URL: emulator.url, LYCEUM_API_KEY: emulator.apiKey };
  return start(process.execPath, [main, "files", ...args], { cwd: folder, env });
}
const ran = async (...args: readonly string[]): Promise<RunResult> => files(...args).ended;
const clean = async (...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await ran(...args);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return stdout;
};

/** A text of this length, without any pattern. */
function noise(bytes: number, seed: string): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at * 32 < bytes; at += 1) parts.push(createHash("sha256").update(`${seed} ${at}`).digest());
  return Buffer.concat(parts).subarray(0, bytes);
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), content);
}
const read = (path: string): Buffer => readFileSync(join(folder, path));

test("a folder goes in, comes back byte for byte, and only what differs is sent again", async () => {
  write("in/a.txt", "a\n");
  write("in/sub/ü b+c.csv", "1,2\n");
  write("in/empty", "");
  write("in/big.bin", noise(LARGE, "big"));
  write("in/skipped/x.pyc", "x");

  // The guide shows these texts, with the times of the test.
  const shown: string[] = [];
  const show = async (...args: readonly string[]): Promise<void> => {
    const text = (await clean(...args)).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "2026-03-01 12:00:00");
    const lines = text.replaceAll(folder, "/home/me/project").trimEnd().replace(/^/gm, "  ");
    shown.push(`$ npx pulumi-lyceum files ${args.join(" ")}\nexit 0\n${lines}\n`);
  };

  expect(await clean()).toBe("The bucket is empty.\n");
  await show("put", "in", "data", "--exclude", "**/*.pyc");
  await show("list", "data");
  await show("get", "data", "-o", "out");
  for (const path of ["a.txt", "sub/ü b+c.csv", "empty", "big.bin"])
    expect(read(`out/${path}`).equals(read(`in/${path}`))).toBe(true);

  write("in/a.txt", "b\n");
  await show("put", "in", "data", "--exclude", "**/*.pyc");
  await clean("get", "data/a.txt", "-o", "one");
  expect(String(read("one/a.txt"))).toBe("b\n");

  expect(await ran("rm", "data/sub")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--yes") });
  await show("rm", "data/sub", "--yes");
  compareGolden(join(__dirname, "golden", "files.txt"), shown.join("\n"));
  const { files: left } = JSON.parse(await clean("--json")) as { files: readonly { key: string }[] };
  expect(left.map(({ key }) => key)).toEqual(["data/a.txt", "data/big.bin", "data/empty"]);
});

test("faults of the bucket are survived or named, and nothing secret is shown", async () => {
  write("in/a.txt", "a\n");
  write("in/big.bin", noise(LARGE, "big"));
  const { control } = emulator;
  await control.fault({
    operation: "PutObject",
    fault: { kind: "status", status: 503, code: "SlowDown", commit: "never" },
  });
  await control.fault({
    operation: "UploadPart",
    fault: { kind: "reset", afterBytes: 100_000, commit: "never" },
  });
  await control.fault({
    operation: "CreateMultipartUpload",
    fault: { kind: "status", status: 400, code: "ExpiredToken", commit: "never" },
  });
  expect(await clean("put", "in", "data")).toBe("2 files, 20 MB, stored.\n");
  await control.fault({
    operation: "GetObject",
    fault: { kind: "reset", afterBytes: 9_000_000, commit: "never" },
  });
  await control.fault({
    times: "always",
    operation: "ListObjectsV2",
    fault: { kind: "short-pages", entries: 1 },
  });
  await clean("get", "data", "-o", "out");
  expect(read("out/big.bin").equals(read("in/big.bin"))).toBe(true);
  expect(readdirSync(join(folder, "out")).sort()).toEqual(["a.txt", "big.bin"]);

  write("in/new.txt", "new\n");
  await control.fault({
    times: "always",
    operation: "PutObject",
    fault: { kind: "status", status: 507, code: "InsufficientStorage", commit: "never" },
  });
  const full = await ran("put", "in", "data");
  expect(full).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^LYC6003: Storing data\/new\.txt failed: 507/),
  });
  await control.fault({
    times: "always",
    operation: "createStorageCredentials",
    fault: { kind: "status", status: 403, commit: "never" },
  });
  const refused = await ran();
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^LYC1102: Asking for the credentials/) });
});

test("a download that was killed goes on where it was", async () => {
  write("in/big.bin", noise(LARGE, "big"));
  await clean("put", "in/big.bin");
  const { control } = emulator;
  await control.fault({
    operation: "GetObject",
    fault: { kind: "reset", afterBytes: 5_000_000, commit: "never" },
  });
  // The request for the rest gets no answer, and the command is killed while it waits.
  const hold = await control.fault({ operation: "GetObject", fault: { kind: "hold", commit: "never" } });
  const killed = files("get", "big.bin", "-o", "out");
  await waitUntil("the request for the rest", async () =>
    (await control.faults()).some(({ id, holding }) => id === hold && holding === 1),
  );
  killed.killAlone();
  await killed.ended;
  const [name = "", ...others] = readdirSync(join(folder, "out"));
  expect([name, others]).toEqual([expect.stringMatching(/\.part$/), []]);
  const before = statSync(join(folder, "out", name)).size;
  expect(before).toBeGreaterThan(1_000_000);
  expect(before).toBeLessThan(LARGE);
  await clean("get", "big.bin", "-o", "out");
  expect(read("out/big.bin").equals(read("in/big.bin"))).toBe(true);
  expect(readdirSync(join(folder, "out"))).toEqual(["big.bin"]);
});
