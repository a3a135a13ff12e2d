import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestBucket, testBucket } from "../bucket/testing/client";
import { MOST_FILES } from "../server/page/run-files";
import { route, startTestEmulator, type TestEmulator } from "../testing/emulator";

let emulator: TestEmulator;
let bucket: TestBucket;
beforeEach(async () => {
  emulator = await startTestEmulator();
  bucket = await testBucket(emulator);
});
afterEach(() => emulator.close());

interface Shown {
  readonly total: number;
  readonly bytes: number;
  readonly shown: readonly { readonly key: string; readonly bytes: number; readonly link: string }[];
}

const files = async (id: string): Promise<Shown> =>
  (await emulator.control("GET", `/executions/${id}/files`)).body as Shown;
const keys = async (id: string): Promise<readonly string[]> => (await files(id)).shown.map(({ key }) => key);
const download = (link: string) => fetch(new URL(link, emulator.url), { headers: { "sec-fetch-site": "same-origin" } });

/** Starts a run of one second whose service mounts a folder, or nothing. */
async function start(script: string, mount?: string, fields = {}): Promise<string> {
  const volumes = mount === undefined ? "" : `, volumes: ["/mnt/s3/${mount}:/data:rw"]`;
  const text = `services: {app: {image: busybox${volumes}}}\nx-lyceum-sim: ${script}\n`;
  const body = { compose_file_code: text, enable_s3_mount: true, ...fields };
  return (await emulator.call(...route("startComposeExecution"), body)).body.execution_id;
}

test("the files that a run has written have links that need no key", async () => {
  await bucket.put("in/data.csv", "1,2\n");
  const id = await start("{start: 0, run: 1, write: {'out/größe 1.txt': 'a ä', out/m.json: '{}'}}");
  expect(await files(id)).toEqual({ total: 0, bytes: 0, shown: [] });
  // Files that a client stores are not files of the run, even if the run is active.
  await bucket.put("in/more.csv", "3,4\n");
  await emulator.advance(2);
  await bucket.put("out/later.txt", "later");
  // A listing computes the ETags of all files, which changes nothing.
  expect((await bucket.list()).keys).toHaveLength(5);
  const { total, bytes, shown } = await files(id);
  expect([total, bytes, shown.map(({ key }) => key)]).toEqual([2, 6, ["out/größe 1.txt", "out/m.json"]]);

  const [first] = shown;
  const answer = await download(first?.link ?? "");
  expect([answer.status, await answer.text()]).toEqual([200, "a ä"]);
  const name = "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe%201.txt";
  expect(answer.headers.get("content-disposition")).toBe(name);
  expect((await download((first?.link ?? "").replace("1.txt?", "2.txt?"))).status).toBe(403);
  await emulator.advance(3601);
  // S3 answers 400 if the credentials have expired.
  expect((await download(first?.link ?? "")).status).toBe(400);
  expect((await download((await files(id)).shown[0]?.link ?? "")).status).toBe(200);
});

test("a file counts for the last run that has written it", async () => {
  const first = await start("{start: 0, run: 1, write: {out/a: one, out/b: one}}");
  await emulator.advance(5);
  const second = await start("{start: 0, run: 1, write: {out/a: two}}");
  await emulator.advance(5);
  expect([await keys(first), await keys(second)]).toEqual([["out/b"], ["out/a"]]);
  await bucket.put("out/b", "uploaded again");
  expect(await keys(first)).toEqual([]);
});

test("of runs at the same time, those whose text names a file have it", async () => {
  const one = await start("{start: 0, run: 1, write: {runs/1/out: a, shared: a}}", "runs/1");
  const ten = await start("{start: 0, run: 1, write: {runs/10/out: b}}", "runs/10/");
  await emulator.advance(5);
  expect(await keys(one)).toEqual(["runs/1/out", "shared"]);
  expect(await keys(ten)).toEqual(["runs/10/out", "shared"]);
});

test("a run without the mount has no files, and an unknown run is not known", async () => {
  const run = await start("{start: 0, run: 1}", undefined, { enable_s3_mount: false });
  await start("{start: 0, run: 1, write: {a: b}}");
  await emulator.advance(5);
  expect(await keys(run)).toEqual([]);
  expect((await emulator.control("GET", "/executions/local-none/files")).status).toBe(404);
  expect((await fetch(new URL(`/_emulator/executions/${run}/files`, emulator.url))).status).toBe(401);
});

test("of many files, the answer counts all and has the first", async () => {
  const id = await start("{start: 0, run: 10}");
  const { folder } = (await emulator.control("GET", "/bucket")).body as { readonly folder: string };
  await emulator.advance(5);
  // Real containers write into the folder without the emulator.
  const now = Date.parse((await emulator.control("GET", "")).body.now) / 1000;
  for (let at = 0; at < MOST_FILES + 5; at++) {
    const path = join(folder, "out", String(at));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "12");
    utimesSync(path, now, now);
  }
  const { total, bytes, shown } = await files(id);
  expect([total, bytes, shown.length]).toEqual([MOST_FILES + 5, 2 * (MOST_FILES + 5), MOST_FILES]);
  expect(readFileSync(join(folder, shown[0]?.key ?? ""), "utf8")).toBe("12");
});
