// @ts-check
const LICENCES =
  /^\(?(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-[34]\.0|Python-2\.0|Unlicense|MIT-0|MPL-2\.0|WTFPL|Artistic-2\.0)\b/;
/**
 * Packages whose entry in the lock file has no license. A person has read their license files, which contain the MIT
 * license.
 */
const READ_BY_HAND = new Set(["@logdna/tail-file"]);
/**
 * Packages that may run a script when npm installs them. A comment has the reason for each package. Users of the
 * provider get only `protobufjs`, through the Pulumi SDK, and its script prints a warning about versions. The other
 * packages also work if their scripts do not run.
 */
const WITH_SCRIPTS = new Set([
  "@pulumi/docker-build", // for an example; its script lets a Pulumi CLI on PATH install a plugin
  "@parcel/watcher", // jest needs it: watches files
  "@swc/core", // jest needs it: strips types; the program is in optional packages for each platform
  "esbuild", // bundles the provider plugin; the program is in optional packages for each platform
  "protobufjs", // the Pulumi SDK needs it
]);

/**
 * @param {{ packages?: Record<string, { link?: boolean, integrity?: string, license?: string, hasInstallScript?: boolean }> }}
 *   lockfile
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
