// Makes the texts of the files that repeat the version of package.json: files that users copy, and package-lock.json.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../project.mjs";

/**
 * Matches the version after the name of this package or its plugin. In the name of an archive, the text after the
 * version is not part of the version.
 */
const OURS =
  /(?<="pulumi-lyceum": "\^|resource[- ]lyceum[- ]v|"pulumi\/lyceum"\n {6}version = "|options:\n {2}version: |releases\/tag\/v|tree\/sdk\/go\/v|<artifactId>lyceum<\/artifactId>\n {2}<version>)\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)[\w.]*)?/g;
const FOLDERS = ["docs", "examples", "templates"];

/** @param {string} file */
const read = (file) => readFileSync(join(ROOT, file), "utf8");

/** The version in package.json. For a new version, only this file is changed by hand. */
export const VERSION = JSON.parse(read("package.json")).version;

/** @returns {Record<string, () => string>} */
export function versionedTexts() {
  const listed = execFileSync("git", ["ls-files", ...FOLDERS], { cwd: ROOT, encoding: "utf8" });
  const files = listed.split("\n").filter((file) => /(?:package\.json|\.md|Dockerfile)$/.test(file));
  const texts = files
    .filter((file) => read(file).search(OURS) >= 0)
    .map((file) => [file, () => withVersion(read(file))]);
  return { ...Object.fromEntries(texts), "package-lock.json": lockText };
}

/** @param {string} text */
const withVersion = (text) => text.replace(OURS, VERSION);

/** Returns the text that `npm install --package-lock-only` would write, without using the network. */
function lockText() {
  const lock = JSON.parse(withVersion(read("package-lock.json")));
  lock.version = VERSION;
  lock.packages[""].version = VERSION;
  return `${JSON.stringify(lock, null, 2)}\n`;
}
