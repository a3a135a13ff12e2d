import { readFileSync } from "node:fs";
import { join } from "node:path";

const { faultsOfLockfile } = require("./lockfile.cjs") as { faultsOfLockfile(lockfile: object): string[] };
const good = { integrity: "sha512-x", license: "MIT" };
const audit = (entry: object) => faultsOfLockfile({ packages: { "": {}, "node_modules/a": { ...good, ...entry } } });

test("the lockfile of this repository has nothing to object to", () => {
  const lockfile = JSON.parse(readFileSync(join(__dirname, "..", "package-lock.json"), "utf8"));
  expect(Object.keys(lockfile.packages).length).toBeGreaterThan(100);
  expect(faultsOfLockfile(lockfile)).toEqual([]);
});

test("what is amiss is found", () => {
  expect(audit({})).toEqual([]);
  expect(audit({ integrity: undefined })).toEqual(["node_modules/a has no integrity"]);
  expect(audit({ license: "AGPL-3.0" })).toEqual(["node_modules/a has the licence AGPL-3.0"]);
  expect(audit({ hasInstallScript: true })).toEqual(["node_modules/a runs a script when it is installed"]);
});
