// @ts-check
/**
 * The keys of a JSON schema of the Compose Specification, and the release of Docker Compose that each key needs.
 *
 * @typedef {{ [word: string]: any }} JsonSchema a schema, whose structure the compiler does not know
 * @typedef {{ readonly compose: string, readonly composeGo: string, readonly adds: readonly string[] }} Release `adds`
 * has the keys that the release adds, as patterns of their paths. The keys below such a key are left out.
 */

/**
 * Visits every mapping in a schema, once for each path of the mapping. In a path, `*` stands for a name, and `[]` for
 * an item.
 * @param {JsonSchema} schema the whole schema
 * @param {(mapping: JsonSchema, path: string, properties: Readonly<Record<string, JsonSchema>>) => void} visit
 */
function visitMappings(schema, visit) {
  const definitions = schema.$defs ?? schema.definitions;
  /**
   * @param {JsonSchema} node
   * @param {string} path
   * @param {JsonSchema} owner the schema to which the properties belong
   */
  const walk = (node, path, owner) => {
    if (node.$ref !== undefined) {
      const target = definitions[String(node.$ref).split("/").pop() ?? ""];
      return walk(target, path, node === owner ? target : owner);
    }
    for (const branch of node.oneOf ?? []) walk(branch, path, branch);
    for (const part of node.allOf ?? []) walk(part, path, owner);
    if (node.items) walk(node.items, `${path}.[]`, node.items);
    if (node.properties) visit(owner, path, node.properties);
    for (const [key, inner] of Object.entries(node.properties ?? {})) walk(inner, joined(path, key), inner);
    for (const [pattern, inner] of Object.entries(node.patternProperties ?? {})) {
      if (pattern !== "^x-") walk(inner, joined(path, "*"), inner);
    }
  };
  walk(schema, "", schema);
}

/**
 * Returns the paths of all keys in a schema.
 * @param {JsonSchema} schema
 */
function keysOf(schema) {
  /** @type {Set<string>} */
  const keys = new Set();
  visitMappings(schema, (_mapping, path, properties) => {
    for (const key of Object.keys(properties)) keys.add(joined(path, key));
  });
  return keys;
}

/**
 * Returns the keys of a schema that an earlier schema does not have. The keys below such a key are left out.
 * @param {JsonSchema} earlier
 * @param {JsonSchema} later
 */
export function addedKeys(earlier, later) {
  const known = keysOf(earlier);
  const added = new Set([...keysOf(later)].filter((key) => !known.has(key)));
  return [...added].filter((key) => !prefixesOf(key).some((prefix) => added.has(prefix))).sort();
}

/**
 * Returns the releases that the keys of each mapping in a schema need. If a mapping has several paths, the earliest
 * release counts. A key is left out if the key above needs the same release or a later one.
 * @param {JsonSchema} schema
 * @param {readonly Release[]} releases
 * @returns {Map<JsonSchema, Record<string, string>>}
 */
export function neededReleases(schema, releases) {
  const added = new Map(releases.flatMap(({ adds }, index) => adds.map((key) => /** @type {const} */ ([key, index]))));
  const neededAt = (/** @type {string} */ path) =>
    Math.max(0, ...[...prefixesOf(path), path].map((key) => added.get(key) ?? 0));
  /** @type {Map<JsonSchema, Map<string, number>>} */
  const needed = new Map();
  visitMappings(schema, (mapping, path, properties) => {
    const above = neededAt(path);
    const keys = needed.get(mapping) ?? new Map();
    needed.set(mapping, keys);
    for (const key of Object.keys(properties)) {
      const here = neededAt(joined(path, key));
      if (here > above || above === 0) keys.set(key, Math.min(here, keys.get(key) ?? here));
    }
  });
  return new Map(
    [...needed].map(([mapping, keys]) => [
      mapping,
      Object.fromEntries([...keys].flatMap(([key, at]) => (at === 0 ? [] : [[key, releases[at]?.compose ?? ""]]))),
    ]),
  );
}

/**
 * @param {string} path
 * @param {string} step
 */
function joined(path, step) {
  return path === "" ? step : `${path}.${step}`;
}

/** @param {string} path */
function prefixesOf(path) {
  const steps = path.split(".");
  return steps.slice(1).map((_step, index) => steps.slice(0, index + 1).join("."));
}
