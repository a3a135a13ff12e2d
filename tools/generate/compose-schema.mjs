// `npm run generate` writes compose/validate/schema.generated.ts from the JSON schema of the Compose Specification in
// tools/generate/compose-spec, without a network. `--stdout` only prints the text. A test compares this text with the
// file.
//
// `npm run generate:compose` (`--update`) first takes the newest schema from compose-go, the module with which Docker
// Compose reads files. It also takes the keys that each release of Docker Compose has added. `--newer` writes nothing,
// and prints one line that shows whether a newer module exists.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { addedKeys, neededReleases } from "./compose-spec/keys.mjs";
import { COMPOSE_GO, compareVersions, releasesAfter, schemaOf, versionsOf } from "./compose-spec/module-proxy.mjs";

const folder = join(ROOT, "tools/generate/compose-spec");
/** The schema as compose-go has it. */
const source = join(folder, "compose-spec.json");
/** The version and the checksum of compose-go, and the releases of Docker Compose that users may have. */
const pinned = join(folder, "releases.json");
const target = join(ROOT, "compose/validate/schema.generated.ts");

/** Keywords of a JSON schema that do not decide whether a value is valid. */
const silent = new Set(["$schema", "$id", "$comment", "$defs", "title", "deprecated", "default", "description"]);
/** Keywords of a JSON schema that the validation supports. Any other keyword stops the generator. */
const known = new Set(
  "$ref oneOf type enum pattern minimum maximum required uniqueItems items properties patternProperties additionalProperties".split(
    " ",
  ),
);

/** @typedef {import("./compose-spec/keys.mjs").JsonSchema} Schema */
/** @typedef {import("./compose-spec/keys.mjs").Release} Release */
/** @typedef {{ version: string, checksum: string, releases: Release[] }} Pinned */

/** Writes the texts of the TypeScript file. */
class Generator {
  /**
   * @param {Schema} schema
   * @param {Pinned} pinned
   */
  constructor(schema, { version, releases }) {
    this.version = version;
    this.document = schema;
    /** @type {Record<string, Schema>} */
    this.definitions = schema.$defs;
    this.needed = neededReleases(schema, releases);
    this.releases = releases;
    /** The definitions that other definitions include as a whole. */
    this.included = new Set(
      Object.values(this.definitions).flatMap(({ allOf = [] }) =>
        allOf.map((/** @type {Schema} */ part) => nameOf(part)),
      ),
    );
  }

  text() {
    const definitions = Object.entries(this.definitions).filter(([name]) => !this.included.has(name));
    const groups = [...this.included].map((name) => {
      const properties = this.named(this.definitions[name]?.properties ?? {});
      return `/** The keys of \`${name}\`, which several definitions include. */
const ${constantOf(name)}: Readonly<Record<string, Schema>> = ${this.written(properties)};
`;
    });
    return `// Made by tools/generate/compose-schema.mjs from the schema of compose-go: \`npm run generate\`.
import type { Schema } from "./schema";

/** The version of compose-go from which this schema comes. */
export const COMPOSE_GO_VERSION = "${this.version}";

/** The releases of Docker Compose that \`since\` names, the oldest first. */
export const COMPOSE_RELEASES: readonly string[] = ${JSON.stringify(this.releases.map(({ compose }) => compose))};

/** The shape of a compose document. */
export const DOCUMENT_SCHEMA: Schema = ${this.written(this.prune(this.document))};

${groups.join("\n")}
/** The definitions to which \`$ref\`s point. */
export const SCHEMA_DEFINITIONS: Readonly<Record<string, Schema>> = ${this.written(this.named(Object.fromEntries(definitions)))};
`;
  }

  /** @param {unknown} value */
  written(value) {
    return JSON.stringify(value, null, 2).replace(/"\.\.\.([A-Z_]+)": true/g, "...$1");
  }

  /**
   * Removes the keywords of a schema that do not decide whether a value is valid. Gives references simple names, and
   * adds the release that each key needs. A definition that includes other definitions gets their keys.
   * @param {Schema} schema
   * @returns {Schema}
   */
  prune(schema) {
    /** @type {Schema} */
    const pruned = {};
    /** @type {Schema[]} */
    const parts = schema.allOf ?? [];
    if (parts.length > 0) Object.assign(pruned, this.inherited(parts));
    for (const [word, value] of Object.entries(schema)) {
      if (silent.has(word) || word === "allOf") continue;
      if (word === "unevaluatedProperties" && value === false && parts.length > 0) pruned.additionalProperties = false;
      else if (word === "anyOf") pruned.requiredOneOf = requiredOneOf(value);
      else if (!known.has(word)) throw new Error(`The schema uses "${word}", which is not known here.`);
      else if (word === "properties") pruned.properties = { ...pruned.properties, ...this.named(value) };
      else pruned[word] = this.pruneWord(word, value);
    }
    const since = this.needed.get(schema);
    return since !== undefined && Object.keys(since).length > 0 ? { ...pruned, since } : pruned;
  }

  /**
   * Returns what a definition has from the definitions that it includes.
   * @param {readonly Schema[]} parts
   * @returns {Schema}
   */
  inherited(parts) {
    const names = parts.map(nameOf);
    const wholes = names.map((name) => this.definitions[name] ?? {});
    for (const whole of wholes) {
      const others = Object.keys(whole).filter(
        (word) => !silent.has(word) && !["type", "properties", "patternProperties"].includes(word),
      );
      if (whole.type !== "object" || others.length > 0)
        throw new Error(`The schema includes a definition with ${others}.`);
    }
    return {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [`...${constantOf(name)}`, true])),
      patternProperties: this.named(Object.assign({}, ...wholes.map(({ patternProperties }) => patternProperties))),
    };
  }

  /**
   * @param {string} word
   * @param {any} value
   */
  pruneWord(word, value) {
    if (word === "$ref") return nameOf({ $ref: value });
    if (word === "oneOf") return value.map((/** @type {Schema} */ branch) => this.prune(branch));
    if (word === "items") return this.prune(value);
    return word === "patternProperties" ? this.named(value) : value;
  }

  /**
   * @param {Record<string, Schema>} schemas
   * @returns {Record<string, Schema>}
   */
  named(schemas) {
    return Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, this.prune(schema)]));
  }
}

/** @param {Schema} schema a reference */
function nameOf({ $ref }) {
  return String($ref).replace("#/$defs/", "");
}

/** @param {string} name */
function constantOf(name) {
  return name.toUpperCase();
}

/**
 * Returns the keys of which one is required.
 * @param {any} branches
 */
function requiredOneOf(branches) {
  return branches.map((/** @type {Schema} */ branch) => {
    if (Object.keys(branch).join() !== "required" || branch.required.length !== 1) {
      throw new Error('The schema uses "anyOf" for more than required keys.');
    }
    return branch.required[0];
  });
}

/** Takes the newest schema of compose-go, and the keys that the releases since the last update have added. */
async function update() {
  const { releases } = await readPinned();
  const last = releases.at(-1);
  if (last === undefined) throw new Error(`${pinned} must name the oldest release of Docker Compose.`);
  let before = JSON.parse((await schemaOf(last.composeGo)).text);
  for (const release of await releasesAfter(last.compose)) {
    const composeGo = releases.at(-1)?.composeGo;
    if (release.composeGo === composeGo) continue;
    const schema = JSON.parse((await schemaOf(release.composeGo)).text);
    releases.push({ ...release, adds: addedKeys(before, schema) });
    before = schema;
  }
  // Takes only the compose-go of a release. A key of a newer compose-go would need a release that nobody has.
  const version = releases.at(-1)?.composeGo ?? last.composeGo;
  const { text, checksum } = await schemaOf(version);
  await writeFile(source, text.endsWith("\n") ? text : `${text}\n`);
  const needed = releases.filter(({ adds }, index) => adds.length > 0 || index === 0 || index === releases.length - 1);
  await writeFile(pinned, `${JSON.stringify({ version, checksum, releases: needed }, null, 2)}\n`);
  console.log(`The schema is that of compose-go ${version}, which Docker Compose ${releases.at(-1)?.compose} uses.`);
}

/** Prints whether compose-go has a newer version. Without a network, prints why this is unknown. */
async function printNewer() {
  const { version } = await readPinned();
  try {
    const newest = (await versionsOf(COMPOSE_GO)).at(-1) ?? version;
    const newer = compareVersions(newest, version) > 0;
    console.log(
      newer
        ? `compose-go ${newest} exists, and the schema here is that of ${version}: \`npm run generate:compose\` takes it once a release of Docker Compose uses it.`
        : `The schema of the Compose Specification is that of the newest compose-go, ${version}.`,
    );
  } catch (error) {
    console.log(`Whether compose-go has a newer version than ${version} is not known: ${error}`);
  }
}

/** @returns {Promise<Pinned>} */
async function readPinned() {
  return JSON.parse(await readFile(pinned, "utf8"));
}

if (process.argv.includes("--newer")) await printNewer();
else {
  if (process.argv.includes("--update")) await update();
  const text = new Generator(JSON.parse(await readFile(source, "utf8")), await readPinned()).text();
  if (process.argv.includes("--stdout")) process.stdout.write(text);
  else await writeFile(target, text);
}
