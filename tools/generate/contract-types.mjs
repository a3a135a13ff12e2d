// `npm run generate` writes provider/lyceum/contract/types.generated.ts from the OpenAPI contract. `--stdout` only
// prints the text. A test compares this text with the file, to detect that the file is out of date.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import openapiTypescript, { astToString } from "openapi-typescript";
import { ROOT } from "../project.mjs";

const contract = join(ROOT, "provider/lyceum/contract/openapi.yaml");
const target = join(ROOT, "provider/lyceum/contract/types.generated.ts");

const header = `// Made by tools/generate/contract-types.mjs from openapi.yaml next to it: change that file, then \`npm run generate\`.
// Only provider/lyceum uses this file. The public types of the SDK must not refer to it, because it needs a newer
// TypeScript than the TypeScript that may check a program.

`;

/** @returns {Promise<string>} */
async function generate() {
  // The contract is passed as a text. If it were passed as a path, the result would contain the location of the
  // repository.
  const text = await readFile(contract, "utf8");
  const ast = await openapiTypescript(text, { cwd: pathToFileURL(`${ROOT}/`), immutable: true, silent: true });
  return header + astToString(ast);
}

const text = await generate();
if (process.argv.includes("--stdout")) {
  process.stdout.write(text);
} else {
  await writeFile(target, text);
}
