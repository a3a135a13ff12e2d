import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../root";
import { compareGolden, sharedPath } from "./golden";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "golden-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a missing golden file fails and shows the scenario", () => {
  expect(() => compareGolden(join(folder, "simulated.txt"), "a story\n", false)).toThrow(
    /does not exist[\s\S]*a story/,
  );
});

test("an update writes the file, and the same scenario then passes", () => {
  const path = join(folder, "golden", "simulated.txt");
  compareGolden(path, "a story\n", true);
  expect(readFileSync(path, "utf8")).toBe("a story\n");
  expect(() => compareGolden(path, "a story\n", false)).not.toThrow();
});

test("another scenario fails with the lines that differ", () => {
  const path = join(folder, "simulated.txt");
  compareGolden(path, "one\ntwo\nthree\n", true);
  expect(() => compareGolden(path, "one\n2\nthree\n", false)).toThrow(/ one\n- two\n\+ 2\n {2}three/);
});

test("containers and the plugin share the file of the simulated engine, until they differ", () => {
  const shared = join(folder, "golden", "one-simulated.txt");
  compareGolden(shared, "a story\n", true);
  for (const path of [
    join(folder, "golden", "one-docker.txt"),
    join(folder, "golden", "plugin", "one-simulated.txt"),
  ]) {
    expect(() => compareGolden(path, "a story\n", false)).not.toThrow();
    expect(() => compareGolden(path, "another\n", false)).toThrow(/- a story[\s\S]*\+ another/);
    compareGolden(path, "another\n", true);
    expect(() => compareGolden(path, "another\n", false)).not.toThrow();
    expect(() => compareGolden(path, "a story\n", false)).toThrow(/- another[\s\S]*\+ a story/);
    compareGolden(path, "a story\n", true);
    expect(existsSync(path)).toBe(false);
  }
  expect(readFileSync(shared, "utf8")).toBe("a story\n");
});

test("no golden file repeats the one that it could share", () => {
  const files = readdirSync(join(ROOT, "tests"), { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|[\\/])golden[\\/].*\.(txt|md)$/.test(name))
    .map((name) => join(ROOT, "tests", name));
  const pairs = files.filter((file) => sharedPath(file) !== file && existsSync(sharedPath(file)));
  expect(pairs.length).toBeGreaterThan(20);
  expect(pairs.filter((file) => readFileSync(file, "utf8") === readFileSync(sharedPath(file), "utf8"))).toEqual([]);
});
