// `npm run generate` writes the types of sdk/, docs/reference/arguments.md and plugin/schema.json from the tables of
// the schema. It also writes the version of package.json into all files that repeat it. `--stdout` only prints the
// texts as JSON. A test compares these texts with the files, to detect that a file is out of date.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { argsText } from "./reference/args.mjs";
import { enumsText } from "./reference/enums.mjs";
import { functionCallsText, pluginFunctionCallsText } from "./reference/function-calls.mjs";
import { functionsText } from "./reference/functions.mjs";
import schema from "./reference/load-schema.cjs";
import { outputsText } from "./reference/outputs.mjs";
import { pageText } from "./reference/page.mjs";
import { providerArgsText } from "./reference/settings.mjs";
import { VERSION, versionedTexts } from "./reference/version.mjs";

/** @type {Record<string, () => string>} */
const targets = {
  "sdk/args.generated.ts": argsText,
  "sdk/enums.generated.ts": enumsText,
  "sdk/outputs.generated.ts": outputsText,
  "sdk/functions.generated.ts": functionsText,
  "sdk/function-calls.generated.ts": functionCallsText,
  "sdk/plugin/function-calls.generated.ts": pluginFunctionCallsText,
  "sdk/plugin/provider-args.generated.ts": providerArgsText,
  "docs/reference/arguments.md": pageText,
  "plugin/schema.json": () => `${JSON.stringify(schema.packageSchema(VERSION), null, 2)}\n`,
  ...versionedTexts(),
};

const texts = Object.entries(targets).map(([target, make]) => [target, make()]);
if (process.argv[2] === "--stdout") process.stdout.write(JSON.stringify(texts));
else for (const [target = "", text = ""] of texts) await writeFile(join(ROOT, target), text);
