import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostileMeanings } from "../../provider/compose/testing/hostile-meanings";
import { hostileProjects } from "../../provider/compose/testing/hostile-projects";
import { hostileTexts } from "../../provider/compose/testing/hostile-texts";
import { measureAlone, type Taken } from "./alone";

// Each in a process of its own, so that the peak of its memory is its own. What the processor has done is counted, not the
// clock: the machine may be doing five other things.
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-hostile-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * What an answer takes at the least of five times: on shared cores the time of the processor itself has been seen to come out
 * twice as long for seconds on end, and never shorter. What answers in time at once is not asked again.
 */
function measured(kind: "judge" | "bundle", path: string, seconds: number): Taken {
  const tries: Taken[] = [];
  while (tries.length < 5 && !tries.some((taken) => taken.seconds < seconds)) tries.push(measureAlone(kind, path));
  return tries.reduce((best, taken) => (taken.seconds < best.seconds ? taken : best));
}

function expectBounded(taken: Taken, code: string | undefined, seconds: number, megabytes: number): void {
  expect(taken.fault).toBeUndefined();
  if (code === undefined) expect(taken.codes).toEqual([]);
  else expect(taken.codes).toContain(code);
  expect(taken.seconds).toBeLessThan(seconds);
  expect(taken.megabytes).toBeLessThan(megabytes);
}

/** The bar: a second and 200 MB, the process itself (about 50 MB) among them. */
test.each(Object.entries(hostileTexts))("%s is answered within a second and 200 MB", (_name, { text, code }) => {
  writeFileSync(join(folder, "text"), text);
  expectBounded(measured("judge", join(folder, "text"), 1), code, 1, 200);
});

test.each(Object.entries(hostileMeanings))("%s: judged in bounded time and memory", (_name, { text, code }) => {
  writeFileSync(join(folder, "text"), text);
  expectBounded(measured("judge", join(folder, "text"), 3), code, 3, 300);
});

test.each(Object.entries(hostileProjects))("%s: put together in bounded time and memory", (_name, { files, code }) => {
  const project = mkdtempSync(join(folder, "project-"));
  for (const [path, content] of Object.entries(files)) writeFileSync(join(project, path), content);
  expectBounded(measured("bundle", project, 3), code, 3, 300);
});

test("a text that is not bounded is seen", () => {
  expect(() => expectBounded({ codes: [], seconds: 2, megabytes: 60 }, undefined, 1, 200)).toThrow();
  expect(() => expectBounded({ codes: [], seconds: 0.5, megabytes: 250 }, undefined, 1, 200)).toThrow();
  expect(measureAlone("throw", folder).fault).toContain("planted");
  const idle = measureAlone("nothing", folder);
  const large = measureAlone("grow", folder);
  expect(large.megabytes).toBeGreaterThan(idle.megabytes + 200);
});
