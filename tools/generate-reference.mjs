// Writes sdk/args.ts and docs/reference/arguments.md from the tables in provider/schema (`npm run generate`).
// `--stdout FILE` prints the text of one of them instead, which is how a test notices that it has drifted.
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { argsText } from "./reference/args.mjs";
import { pageText } from "./reference/page.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @type {Record<string, () => string>} */
const targets = { "sdk/args.ts": argsText, "docs/reference/arguments.md": pageText };

const [option, file = ""] = process.argv.slice(2);
if (option === "--stdout") {
  const made = targets[file];
  if (made === undefined) throw new Error(`${file} is not generated; these are: ${Object.keys(targets).join(", ")}`);
  process.stdout.write(made());
} else {
  for (const [target, made] of Object.entries(targets)) await writeFile(join(root, target), made());
}
