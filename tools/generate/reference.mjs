// Writes the types of sdk/, docs/reference/arguments.md and plugin/schema.json from the tables of the resource (`npm run generate`).
// `--stdout` prints the texts as JSON instead, which is how a test notices that one has drifted.

import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { argsText } from "./reference/args.mjs";
import { functionCallsText, pluginFunctionCallsText } from "./reference/function-calls.mjs";
import { functionsText } from "./reference/functions.mjs";
import schema from "./reference/load-schema.cjs";
import { outputsText } from "./reference/outputs.mjs";
import { pageText } from "./reference/page.mjs";
import { providerArgsText } from "./reference/settings.mjs";

/** @type {Record<string, () => string>} */
const targets = {
  "sdk/args.generated.ts": argsText,
  "sdk/outputs.generated.ts": outputsText,
  "sdk/functions.generated.ts": functionsText,
  "sdk/function-calls.generated.ts": functionCallsText,
  "sdk/plugin/function-calls.generated.ts": pluginFunctionCallsText,
  "sdk/plugin/provider-args.generated.ts": providerArgsText,
  "docs/reference/arguments.md": pageText,
  "plugin/schema.json": schemaText,
};

const texts = Object.entries(targets).map(([target, make]) => [target, make()]);
if (process.argv[2] === "--stdout") process.stdout.write(JSON.stringify(texts));
else for (const [target = "", text = ""] of texts) await writeFile(join(ROOT, target), text);

/** The schema that the plugin answers with, at the version of the package. */
function schemaText() {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return `${JSON.stringify(schema.packageSchema(version), null, 2)}\n`;
}
