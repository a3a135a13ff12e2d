import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { thisMachine } from "./machine";

let folder = "";
const before = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-machine-"));
  for (const name of ["a", "b"]) mkdirSync(join(folder, name));
  process.env = { ...before, PATH: [join(folder, "a"), join(folder, "b"), before.PATH].join(delimiter) };
});
afterEach(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

const put = (path: string, script: string, mode = 0o755) =>
  writeFileSync(join(folder, path), `#!/bin/sh\n${script}\n`, { mode });

test.each<[string, () => void, string, string | undefined]>([
  ["the first on PATH", () => put("a/pulumi", "echo v3.300.1"), "a/pulumi", "3.300.1"],
  ["the next one, if the first is a folder", () => mkdirSync(join(folder, "a/pulumi")), "b/pulumi", "3.1.0-alpha.2"],
  ["the next one, if the first cannot be run", () => put("a/pulumi", "", 0o644), "b/pulumi", "3.1.0-alpha.2"],
  ["one that fails, which has no version", () => put("a/pulumi", "echo v3.300.1; exit 1"), "a/pulumi", undefined],
  ["one that prints no version", () => put("a/pulumi", "echo hello"), "a/pulumi", undefined],
])("the Pulumi CLI is %s", (_what, first, path, version) => {
  put("b/pulumi", "echo v3.1.0-alpha.2");
  first();
  expect(thisMachine().pulumi()).toEqual({ path: join(folder, path), version });
});

test("without the Pulumi CLI on PATH, there is none", () => {
  process.env.PATH = folder;
  expect(thisMachine().pulumi()).toBeUndefined();
});

test.each([
  ["its version", '{ "version": "1.2.3" }', "1.2.3"],
  ["no version, if the manifest has none", "{}", undefined],
  ["no version, if the manifest cannot be parsed", "{", undefined],
])("of a package that the program can load, doctor knows %s", (_what, manifest, version) => {
  mkdirSync(join(folder, "node_modules/some-package"), { recursive: true });
  writeFileSync(join(folder, "node_modules/some-package/package.json"), manifest);
  expect(thisMachine().packageVersion("some-package", folder)).toBe(version);
  expect(thisMachine().packageVersion("another-package", folder)).toBeUndefined();
});

test("a callback is called at a stop request, until it is removed", () => {
  const names: string[] = [];
  const remove = thisMachine().onStop(() => names.push("stop"));
  process.emit("SIGHUP");
  remove();
  expect([names, process.listenerCount("SIGHUP")]).toEqual([["stop"], 0]);
});
