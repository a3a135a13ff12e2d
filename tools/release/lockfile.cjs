// @ts-check
const LICENCES =
  /^\(?(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-[34]\.0|Python-2\.0|Unlicense|MIT-0|MPL-2\.0|WTFPL|Artistic-2\.0)\b/;
/** Packages whose lock entry names no license. A person has read their license files: MIT. */
const READ_BY_HAND = new Set(["@logdna/tail-file"]);
/**
 * Packages that may run a script when they are installed, each with its reason. Users of the provider get only
 * `protobufjs`, through the Pulumi SDK. Its script prints a warning about versions. The others also work without the
 * results of their scripts.
 */
const WITH_SCRIPTS = new Set([
  "@pulumi/docker-build", // of the example of a built image: asks a Pulumi CLI on PATH, if there is one, to install its plugin
  "@parcel/watcher", // of jest: watches files
  "@swc/core", // strips types for jest; optional platform packages hold its program
  "esbuild", // bundles the provider plugin; optional platform packages hold its program
  "protobufjs", // of the Pulumi SDK
]);

/**
 * @param {{ packages?: Record<string, { link?: boolean, integrity?: string, license?: string, hasInstallScript?: boolean }> }} lockfile
 * @returns {string[]} one sentence for each error
 */
function errorsOfLockfile({ packages = {} }) {
  return Object.entries(packages).flatMap(([path, entry]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    if (!path.includes("node_modules/") || entry.link === true) return [];
    const errors = [];
    if (!/^sha(?:512|256)-/.test(entry.integrity ?? "")) errors.push(`${path} has no integrity`);
    if (!LICENCES.test(entry.license ?? "") && !READ_BY_HAND.has(name))
      errors.push(`${path} has the license ${entry.license ?? "(none)"}`);
    if (entry.hasInstallScript === true && !WITH_SCRIPTS.has(name))
      errors.push(`${path} runs a script when it is installed`);
    return errors;
  });
}

module.exports = { errorsOfLockfile, WITH_SCRIPTS };
