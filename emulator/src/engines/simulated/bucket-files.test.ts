import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { type TestBucket, testBucket } from "../../bucket/testing/client";
import { route, startTestEmulator, type TestEmulator } from "../../testing/emulator";

let emulator: TestEmulator;
let bucket: TestBucket;
beforeEach(async () => {
  emulator = await startTestEmulator();
  bucket = await testBucket(emulator);
});
afterEach(() => emulator.close());

/** Runs a script to its end. Returns its output by stream. */
async function output(script: string, fields: Record<string, unknown> = { enable_s3_mount: true }) {
  const id = await emulator.start(script, fields);
  for (let second = 0; second < 5; second++) await emulator.advance(1);
  const { stdout, stderr, status } = (await emulator.call(...route("getExecution", id))).body;
  return { stdout, stderr, status };
}

test("a script reads what a client has uploaded, and writes what a client finds", async () => {
  await bucket.put("in/a.txt", "one\ntwo\n");
  const write = "{out/m.json: '{\"loss\": 1}', out/deep/big: {bytes: 1000000}}";
  const { stdout } = await output(`{run: 1, output: [last], read: [in/a.txt], write: ${write}}`);
  expect(stdout.trim().split("\n")).toEqual(["one", "two", "last"]);
  expect((await bucket.list("&prefix=out/")).keys).toEqual(["out/deep/big", "out/m.json"]);
  expect((await bucket.get("out/m.json")).text).toBe('{"loss": 1}');
  expect((await bucket.get("out/deep/big")).bytes).toHaveLength(1_000_000);
});

test("a run without the mount, a missing file and a link out of the bucket are lines of standard error", async () => {
  const without = await output("{write: {a: b}}", {});
  expect(without.stderr.trim()).toBe("/mnt/s3/a: the run does not have enable_s3_mount");
  const { folder } = (await emulator.control("GET", "/bucket")).body;
  await symlink("/etc", join(folder, "link"));
  const { stderr } = await output("{read: [none, link/passwd], write: {link/x: y}}");
  expect(stderr.trim().split("\n")).toEqual([
    "/mnt/s3/none: no such file",
    "/mnt/s3/link/passwd: link is not a folder",
    "/mnt/s3/link/x: link is not a folder",
  ]);
  expect((await bucket.list()).keys).toEqual([]);
});

test.each(["/etc/passwd", "../x", "a/../../x", "a//b", "a/", "."])("a script cannot name the path %s", async (path) => {
  const id = await emulator.start(`{write: {"${path}": x}}`, { enable_s3_mount: true });
  await emulator.advance(1);
  expect((await emulator.call(...route("getExecution", id))).body.errors_docker).toContain("x-lyceum-sim");
});

test("a run that is aborted writes nothing", async () => {
  const id = await emulator.start("{run: 60, write: {a: b}}", { enable_s3_mount: true });
  await emulator.advance(1);
  await emulator.call(...route("abortWorkload", id));
  await emulator.advance(2);
  expect(await emulator.status(id)).toBe("aborted");
  expect((await bucket.list()).keys).toEqual([]);
});

test("a run with the mount creates the bucket", async () => {
  const own = await startTestEmulator();
  await own.start("{write: {a: b}}", { enable_s3_mount: true });
  expect((await own.control("GET", "/bucket")).body.exists).toBe(true);
  await own.close();
});
