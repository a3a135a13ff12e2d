// @ts-check
/**
 * @typedef {{ version?: string, integrity?: string, license?: string, dependencies?: Record<string, string> }} Entry
 * @typedef {{ packages: Record<string, Entry & { name?: string }> }} Lockfile
 */

/**
 * What an installation of the provider gets, as CycloneDX. `npm sbom` cannot list it: it takes the packages of the workspaces along and
 * leaves out `yaml`. The Pulumi SDK is a peer, which the user's project chooses.
 *
 * @param {Lockfile} lockfile
 * @param {readonly string[]} bundled locations in the lockfile of the packages whose code is in the command line
 */
function sbomOf({ packages }, bundled) {
  const root = packages[""] ?? {};
  /** @type {Map<string, Entry>} */
  const found = new Map();
  /** @param {string} path @param {Entry} entry */
  const walk = (path, entry) => {
    for (const name of Object.keys(entry.dependencies ?? {})) {
      const location = locationOf(packages, path, name);
      if (location === undefined || found.has(location)) continue;
      found.set(location, packages[location] ?? {});
      walk(location, packages[location] ?? {});
    }
  };
  walk("", root);
  for (const location of bundled) found.set(location, packages[location] ?? {});
  return bomOf("library", root, [...found]);
}

/**
 * What the provider plugin contains: the packages whose code is bundled into its file.
 *
 * @param {Lockfile} lockfile
 * @param {readonly string[]} locations of the packages in the lockfile
 */
function sbomOfPlugin({ packages }, locations) {
  const unknown = locations.filter((location) => packages[location] === undefined);
  if (unknown.length > 0) throw new Error(`Not in package-lock.json: ${unknown.join(", ")}`);
  return bomOf(
    "application",
    packages[""] ?? {},
    locations.map((location) => [location, packages[location] ?? {}]),
  );
}

/** @param {string} type @param {Entry & { name?: string }} root @param {[string, Entry][]} components */
function bomOf(type, root, components) {
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: { type, ...named(root.name ?? "", root) } },
    components: components.map(([path, entry]) => ({
      type: "library",
      ...named(path.split("node_modules/").at(-1) ?? "", entry),
      licenses: [{ license: { name: entry.license ?? "" } }],
      hashes: hashesOf(entry),
    })),
  };
}

/** @param {Record<string, Entry>} packages @param {string} from @param {string} name the nearest folder that holds it. */
function locationOf(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const location = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (packages[location] !== undefined) return location;
    if (folder === "") return undefined;
  }
}

/** @param {string} name @param {Entry} entry */
function named(name, { version = "" }) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${encodeURIComponent(version)}`;
  return { "bom-ref": purl, name, version, purl };
}

/** @param {Entry} entry */
function hashesOf({ integrity = "" }) {
  const [, bits, base64 = ""] = /^sha(256|512)-(.+)$/.exec(integrity) ?? [];
  return bits === undefined ? [] : [{ alg: `SHA-${bits}`, content: Buffer.from(base64, "base64").toString("hex") }];
}

module.exports = { sbomOf, sbomOfPlugin };
