// Writes the types of sdk/, docs/reference/arguments.md and plugin/schema.json from the tables of the resource (`npm run generate`).
// `--stdout FILE` prints the text of one of them instead, which is how a test notices that it has drifted.
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { argsText } from "./reference/args.mjs";
import { functionCallsText, pluginFunctionCallsText } from "./reference/function-calls.mjs";
import { functionsText } from "./reference/functions.mjs";
import { outputsText } from "./reference/outputs.mjs";
import { pageText } from "./reference/page.mjs";
import { schemaText } from "./reference/schema.mjs";
import { providerArgsText } from "./reference/settings.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @type {Record<string, () => string>} */
const targets = {
  "sdk/args.ts": argsText,
  "sdk/outputs.ts": outputsText,
  "sdk/functions.ts": functionsText,
  "sdk/function-calls.ts": functionCallsText,
  "sdk/plugin/function-calls.ts": pluginFunctionCallsText,
  "sdk/plugin/provider-args.ts": providerArgsText,
  "docs/reference/arguments.md": pageText,
  "plugin/schema.json": schemaText,
};

const [option, file = ""] = process.argv.slice(2);
if (option === "--stdout") {
  const made = targets[file];
  if (made === undefined) throw new Error(`${file} is not generated; these are: ${Object.keys(targets).join(", ")}`);
  process.stdout.write(made());
} else {
  for (const [target, made] of Object.entries(targets)) await writeFile(join(root, target), made());
}
