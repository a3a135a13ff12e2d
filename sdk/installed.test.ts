import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownVersion } from "../provider/lyceum/http/own-version";
import { assertInstalled, installationError, installedIn } from "./installed";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function install(version: string): void {
  const home = join(folder, "node_modules", "pulumi-lyceum");
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, "package.json"),
    JSON.stringify({
      name: "pulumi-lyceum",
      version,
      exports: { "./dynamic": "./d.js", "./package.json": "./package.json" },
    }),
  );
  writeFileSync(join(home, "d.js"), "");
}

test("a program whose directory has this version gives no error", () => {
  install(ownVersion());
  expect(installationError(folder, installedIn(folder), ownVersion())).toBeUndefined();
});

test("a package that only a dependency has is missing for the provider process, and the error names the command", () => {
  expect(installedIn(folder)).toBeUndefined();
  expect(installationError(folder, undefined, "1.2.3")).toMatch(/^LYC4001: .*npm install pulumi-lyceum@1\.2\.3$/);
});

test("the error of another version names both versions", () => {
  install("9.9.9");
  expect(installationError(folder, installedIn(folder), "1.2.3")).toMatch(/pulumi-lyceum 1\.2\.3.*resolves to 9\.9\.9/);
});

test("a program that the CLI runs is refused where the package is missing", () => {
  expect(() => assertInstalled(folder, folder)).toThrow(/^LYC4001: /);
});

test.each(["", "rootDirectory"])(
  "an inline program, whose root is %j, runs its provider elsewhere and is not refused",
  (root) => {
    expect(() => assertInstalled(folder, root)).not.toThrow();
  },
);
