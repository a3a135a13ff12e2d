import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownManifest, ownVersion } from "./own-version";

const written = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8")) as { version: string };

test("the manifest of the package is found in a parent folder of its code, with the version", () => {
  expect(ownManifest()).toEqual(written);
  expect(ownVersion()).toBe(written.version);
});
