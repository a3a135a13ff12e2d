// `npm run generate` writes compose/validate/schema.generated.ts from the Compose Specification's JSON schema in the
// npm package `dclint`. With `--stdout`, the text is only printed. A test compares this text with the file, to detect
// that the schema in the package has changed. At run time, neither the package nor a schema compiler is needed.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ROOT } from "../project.mjs";

const target = join(ROOT, "compose/validate/schema.generated.ts");

/** Keywords of a JSON schema that do not decide whether a value is valid. */
const silent = new Set(["$schema", "$id", "$comment", "title", "deprecated", "default", "description"]);
/** Keywords of a JSON schema that the validation supports. Any other keyword stops the generator. */
const known = new Set(
  "$ref oneOf type enum pattern minimum maximum required uniqueItems items properties patternProperties additionalProperties".split(
    " ",
  ),
);

/** @typedef {{ [word: string]: unknown }} Schema */

const boolean = { type: "boolean" };
const stringOrBoolean = { type: ["string", "boolean"] };
const string = { type: "string" };
/**
 * The parts that Docker Compose 2.40 accepts but the bundled schema lacks. If the schema already contains such a part,
 * the generator stops, so that the list stays short.
 * @type {readonly (readonly [path: readonly (string | number)[], value: unknown])[]}
 */
const amendments = [
  [["definitions", "development", "properties", "watch", "items", "properties", "initial_sync"], boolean],
  [["definitions", "service", "properties", "build", "oneOf", 1, "properties", "provenance"], stringOrBoolean],
  [["definitions", "service", "properties", "build", "oneOf", 1, "properties", "sbom"], stringOrBoolean],
  [
    ["definitions", "service", "properties", "models", "oneOf", 1, "patternProperties", "^[a-zA-Z0-9._-]+$"],
    {
      oneOf: [
        {
          type: "object",
          properties: { endpoint_var: string, model_var: string },
          additionalProperties: false,
          patternProperties: { "^x-": {} },
        },
        { type: "null" },
      ],
    },
  ],
];

/** @returns {Promise<string>} */
async function generate() {
  const source = await readFile(bundled(), "utf8");
  const schema = prune(JSON.parse(source));
  for (const [location, value] of amendments) amend(schema, location, value);
  const { definitions, ...document } = schema;
  const digest = createHash("sha256").update(source).digest("hex");
  return `// Made by tools/generate/compose-schema.mjs from the schema that dclint bundles: \`npm run generate\`.
import type { Schema } from "./schema";

/** SHA-256 of the schema file this was made from. */
export const SCHEMA_SOURCE = "${digest}";

/** The shape of a compose document. */
export const DOCUMENT_SCHEMA: Schema = ${JSON.stringify(document, null, 2)};

/** What the \`$ref\`s name. */
export const SCHEMA_DEFINITIONS: Readonly<Record<string, Schema>> = ${JSON.stringify(definitions, null, 2)};
`;
}

/** Returns the path of the schema in the installed `dclint`. */
function bundled() {
  const entry = createRequire(import.meta.url).resolve("dclint/package.json");
  return join(dirname(entry), "schemas/compose.schema.json");
}

/**
 * Removes the keywords of a schema that do not decide whether a value is valid, and gives references simple names.
 * @param {Schema} schema
 * @returns {Schema}
 */
function prune(schema) {
  /** @type {Schema} */
  const pruned = {};
  for (const [word, value] of Object.entries(schema)) {
    if (silent.has(word)) continue;
    if (word !== "definitions" && !known.has(word))
      throw new Error(`The schema uses "${word}", which is not known here.`);
    pruned[word] = pruneWord(word, value);
  }
  return pruned;
}

/**
 * @param {string} word
 * @param {unknown} value
 * @returns {unknown}
 */
function pruneWord(word, value) {
  if (word === "$ref") return String(value).replace("#/definitions/", "");
  if (word === "oneOf" && Array.isArray(value)) return value.map((branch) => prune(branch));
  if (word === "items") return prune(/** @type {Schema} */ (value));
  if (["properties", "patternProperties", "definitions"].includes(word)) {
    return Object.fromEntries(
      Object.entries(/** @type {Schema} */ (value)).map(([key, inner]) => [key, prune(/** @type {Schema} */ (inner))]),
    );
  }
  return value;
}

/**
 * @param {Schema} schema
 * @param {readonly (string | number)[]} path
 * @param {unknown} value
 */
function amend(schema, path, value) {
  /** @type {any} a part of the schema, whose shape is not known to the compiler */
  let location = schema;
  for (const step of path.slice(0, -1)) location = location[step];
  const last = path.at(-1) ?? "";
  if (JSON.stringify(location[last]) === JSON.stringify(value)) {
    throw new Error(`${path.join("/")} is as it should be upstream: take it out of the amendments.`);
  }
  location[last] = value;
}

const text = await generate();
if (process.argv.includes("--stdout")) {
  process.stdout.write(text);
} else {
  await writeFile(target, text);
}
