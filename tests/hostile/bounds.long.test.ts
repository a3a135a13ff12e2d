import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostileMeanings } from "../../compose/testing/hostile-meanings";
import { hostileProjects } from "../../compose/testing/hostile-projects";
import { hostileTexts } from "../../compose/testing/hostile-texts";
import { readComposeText } from "../../emulator/src/engines/docker/text/text";
import { type InputKind, measureAlone, type Taken } from "./alone";
import { excessOf, largest, plainProjects, plainText } from "./plain";

// Each input is processed in a separate process, so that its peak of memory can be measured. CPU time counts, not the
// time on the clock. The costs are compared with those of a plain project of as many bytes in the same test run,
// because the machine may be busy.
const folder = mkdtempSync(join(tmpdir(), "lyceum-hostile-"));
const plain = plainProjects(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Files = Readonly<Record<string, string | Uint8Array>>;

/**
 * Measures an input, and compares it with a plain project. On shared cores, CPU time sometimes doubles for seconds. So
 * an input that exceeds its share is measured again, up to four times, each time directly after the plain project.
 */
function expectBounded(kind: InputKind, files: Files, code: string | undefined): Taken {
  const path = mkdtempSync(join(folder, "project-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  const bytes = Object.values(files).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
  let reference = plain(kind, bytes);
  let taken = measureAlone(kind, path);
  for (let more = 0; more < 4 && taken.failure === undefined && excessOf(taken, reference).length > 0; more++) {
    reference = plain(kind, bytes, true);
    taken = measureAlone(kind, path);
  }
  expect(taken.failure).toBeUndefined();
  if (code === undefined) expect(taken.codes).toEqual([]);
  else expect(taken.codes).toContain(code);
  expect(excessOf(taken, reference)).toEqual([]);
  return taken;
}

// An argument and a file have the same reader and validator. So it is enough to measure one of them for texts that are
// slow to read or to validate. A text that is too large has a code of its own as an argument.
const LARGE = 100_000;
const TOO_LARGE = "LYC2002";
test.each(Object.entries(hostileTexts))(
  "%s: checked within its share, as an argument too if it is small, and read by the emulator",
  (_name, { text, code }) =>
    void expectBounded(text.length > LARGE && code !== TOO_LARGE ? "project" : "text", { "compose.yaml": text }, code),
);

test.each(Object.entries(hostileMeanings))(
  "%s: checked within its share, and read by the emulator",
  (_name, { text, code }) => void expectBounded("project", { "compose.yaml": text }, code),
);

test.each(Object.entries(hostileProjects))(
  "%s: checked within its share, and its bundle read by the emulator",
  (_name, { files, code }) => {
    const { isBundled } = expectBounded("project", files, code);
    expect(isBundled).toBe(code === undefined);
  },
);

test("finds an input that takes more than its share", () => {
  const reference = plain("text", 0);
  const slow = measureAlone("slow", folder);
  expect(excessOf(slow, reference)).toEqual([expect.stringContaining("check takes")]);
  const large = measureAlone("grow", folder);
  expect(excessOf({ ...large, seconds: {} }, reference)).toEqual([expect.stringContaining("MB")]);
  const missing: Taken = { codes: [], seconds: { check: Number.NaN }, megabytes: Number.NaN };
  expect(excessOf(missing, reference)).toHaveLength(2);
  expect(measureAlone("throw", folder).failure).toContain("planted");
});

test("the memory of the process that measures does not count", () => {
  const alone = measureAlone("nothing", folder);
  const held = Buffer.alloc(512 * 1024 ** 2, 1);
  const beside = measureAlone("nothing", folder);
  expect(beside.megabytes).toBeLessThan(2 * alone.megabytes);
  expect(beside.megabytes).toBeLessThan(held.length / 1024 ** 2);
});

test("a plain project has no diagnostics, and about the requested number of bytes", () => {
  expect(plainText(largest).length).toBeGreaterThan(largest - 1_000);
  expect(plain("text", largest)).toMatchObject({ codes: [] });
  expect(plain("project", largest)).toMatchObject({ codes: [] });
  expect(readComposeText(plainText(largest))).toMatchObject({ kind: "read" });
});
