import { readFileSync } from "node:fs";
import { join } from "node:path";

const { errorsOfLockfile, WITH_SCRIPTS } = require("./lockfile.cjs") as {
  errorsOfLockfile(lockfile: object): string[];
  WITH_SCRIPTS: ReadonlySet<string>;
};
const root = join(__dirname, "../..");
const lockfile = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  packages: Record<string, { hasInstallScript?: boolean }>;
};
const good = { integrity: "sha512-x", license: "MIT" };
const audit = (entry: object) => errorsOfLockfile({ packages: { "": {}, "node_modules/a": { ...good, ...entry } } });

test("the lockfile of this repository has no problems", () => {
  expect(Object.keys(lockfile.packages).length).toBeGreaterThan(100);
  expect(errorsOfLockfile(lockfile)).toEqual([]);
});

test("finds each kind of problem", () => {
  expect(audit({})).toEqual([]);
  expect(audit({ integrity: undefined })).toEqual(["node_modules/a has no integrity"]);
  expect(audit({ license: "AGPL-3.0" })).toEqual(["node_modules/a has the license AGPL-3.0"]);
  expect(audit({ hasInstallScript: true })).toEqual(["node_modules/a runs a script when it is installed"]);
});

test("no package is allowed a script that it does not have", () => {
  const having = Object.entries(lockfile.packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect([...WITH_SCRIPTS].sort()).toEqual(having.map(([path]) => path.split("node_modules/").at(-1)).sort());
});
