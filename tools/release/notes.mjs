// @ts-check
/**
 * `node tools/release/notes.mjs` prints the changelog's section about the version in package.json, for the page of the
 * release.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { runMain, ToolError } from "../run.mjs";
import { sectionsOf } from "./release.cjs";

await runMain(async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const section = sectionsOf(await readFile(join(ROOT, "CHANGELOG.md"), "utf8")).find(({ title }) => title === version);
  if (section === undefined) throw new ToolError(`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD".`);
  console.log(section.notes);
  return 0;
});
