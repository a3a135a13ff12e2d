import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { startTestEmulator, type TestEmulator } from "../testing/emulator";
import { type TestBucket, testBucket } from "./testing/client";

let data: string;
let emulator: TestEmulator;
let bucket: TestBucket;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "bucket-"));
  emulator = await startTestEmulator({ dataDirectory: data });
  bucket = await testBucket(emulator);
});
afterEach(async () => {
  await emulator.close();
  await rm(data, { recursive: true });
});

const mount = (...path: string[]) => join(data, "bucket", "mount", ...path);

/** Returns all pages of a listing, each with its keys and prefixes. */
async function pages(query: string, size: number): Promise<readonly (readonly string[])[]> {
  const found: string[][] = [];
  for (let token = ""; ; ) {
    const { keys, prefixes, text } = await bucket.list(`&max-keys=${size}${query}${token}`);
    found.push([...keys, ...prefixes]);
    const next = /<NextContinuationToken>(.*?)</.exec(text)?.[1];
    if (next === undefined) return found;
    token = `&continuation-token=${encodeURIComponent(next)}`;
  }
}

test("a folder and a file with the same name, and keys that no file can have, are ordinary objects", async () => {
  const keys = ["..%2Fx", "a", "a%2Fb", "a%2Fb%2Fc", "a.b", "a%2F%2Fb", "d%2F", "n%2F".concat("x".repeat(300)), "a0"];
  for (const key of keys) expect((await bucket.put(key.replaceAll("%2F", "/"), key)).status).toBe(200);
  const sorted = keys.map(decodeURIComponent).sort();
  expect((await bucket.list()).keys).toEqual(sorted);
  for (const key of keys) expect((await bucket.get(key.replaceAll("%2F", "/"))).text).toBe(key);
  expect((await bucket.list("&prefix=a/&delimiter=/")).keys).toEqual(["a/b"]);

  await emulator.close();
  emulator = await startTestEmulator({ dataDirectory: data });
  bucket = await testBucket(emulator);
  expect((await bucket.list()).keys).toEqual(sorted);
  for (const key of sorted) expect((await bucket.remove(encodeURI(key))).status).toBe(204);
  expect((await bucket.list()).keys).toEqual([]);
});

test("an object is hidden while there are objects below its key, and is a file again afterwards", async () => {
  await bucket.put("a", "file", { "x-amz-meta-x": "kept" });
  await bucket.put("a/b/c", "below");
  expect((await bucket.get("a")).text).toBe("file");
  await bucket.remove("a/b/c");
  const found = await bucket.get("a");
  expect([found.text, found.headers["x-amz-meta-x"]]).toEqual(["file", "kept"]);
  await writeFile(mount("a"), "a run's");
  expect((await bucket.get("a")).text).toBe("a run's");
});

test("changes that a run makes in the mount appear in the bucket, and changes outside of it do not", async () => {
  await bucket.put("kept/a", "hello", { "x-amz-meta-x": "y" });
  await mkdir(mount("out", "empty"), { recursive: true });
  await writeFile(mount("out", "result"), "hello");
  await writeFile(join(data, "secret"), "of this machine");
  await symlink(data, mount("link"));
  await symlink(join(data, "secret"), mount("secret"));
  expect((await bucket.list()).keys).toEqual(["kept/a", "out/result"]);
  expect((await bucket.get("out/result")).headers.etag).toBe('"5d41402abc4b2a76b9719d911017c592"');
  for (const key of ["link/secret", "secret"]) expect((await bucket.get(key)).code).toBe("NoSuchKey");
  expect((await bucket.put("link/x", "1")).code).toBe("AccessDenied");
  await writeFile(mount("kept", "a"), "changed");
  const changed = await bucket.get("kept/a");
  expect([changed.text, changed.headers["x-amz-meta-x"]]).toEqual(["changed", undefined]);
  await rm(mount("kept"), { recursive: true });
  expect((await bucket.list()).keys).toEqual(["out/result"]);
  await rm(join(data, "secret"));
});

test("pages of any size have the same entries in the same order, with and without a delimiter", async () => {
  const keys = ["a", "a-b", "a/", "a/1", "a/2/3", "a/2/4", "b/1/2", "b0", "c", "é/1", "\u{ffff0}/1", "\ufb01"];
  for (const key of keys) await bucket.put(encodeURI(key), key);
  const inOrder = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const size of [1, 2, 5, 1000]) {
    expect((await pages("", size)).flat()).toEqual(inOrder);
    for (const prefix of ["", "a", "a/", "a-b", "b/", "b/1", "c1", "zz"]) {
      const below = inOrder.filter((key) => key.startsWith(prefix));
      expect((await pages(`&prefix=${prefix}`, size)).flat()).toEqual(below);
      const grouped = below.map((key) => {
        const at = key.indexOf("/", prefix.length);
        return at < 0 ? key : key.slice(0, at + 1);
      });
      const found = (await pages(`&prefix=${prefix}&delimiter=/`, size)).flat();
      expect([...found].sort()).toEqual([...new Set(grouped)].sort());
    }
  }
  expect((await pages("", 1)).map(({ length }) => length)).toEqual(keys.map(() => 1));
  expect((await bucket.list("&start-after=b0&max-keys=1")).keys).toEqual(["c"]);
});

test("names with characters that XML cannot have are listed in the encoding that a client asks for", async () => {
  await bucket.put("a%26%3C%0A", "1");
  expect((await bucket.list()).keys).toEqual(["a&amp;&lt;&#10;"]);
  expect((await bucket.list("&encoding-type=url")).keys).toEqual(["a%26%3C%0A"]);
  expect((await bucket.put("%01", "1")).code).toBe("InvalidArgument");
  expect((await bucket.put("%00", "1")).code).toBe("InvalidArgument");
  expect((await bucket.put("x".repeat(1025), "1")).code).toBe("KeyTooLongError");
});

test("any keys are found again, listed in order and removed, and no file lies outside of the bucket", async () => {
  const part = fc.constantFrom("a", "b", "..", ".", "", "é", "A b");
  const path = (text: string) => encodeURIComponent(text).replaceAll("%2F", "/");
  const key = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(key.filter((text) => text !== "")), async (keys) => {
      for (const text of keys) expect((await bucket.put(path(text), text)).status).toBe(200);
      const inOrder = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect((await bucket.list()).keys).toEqual(inOrder);
      for (const text of keys) expect((await bucket.get(path(text))).text).toBe(text);
      for (const text of keys) await bucket.remove(path(text));
      expect((await bucket.list()).keys).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
