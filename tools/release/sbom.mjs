// @ts-check
/**
 * Lists the packages that users get, in the format CycloneDX. The list comes from `npm sbom`. Development packages and
 * details that differ between machines are left out. npm cannot leave out the packages of the workspaces, so this
 * module leaves them out. The Pulumi SDK is not in the list, because the user's project chooses its version. As a
 * program (`npm run --silent sbom`), this module prints the packages in an installation of the provider.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCommandLine } from "../bundle/cli-bundle.mjs";
import { ROOT } from "../project.mjs";
import { succeed, ToolError } from "../run.mjs";

/**
 * @param {"library" | "application"} type of the product
 * @param {readonly string[]} folders of the packages in it, relative to the root
 * @param {readonly object[]} [others] components that are not packages of npm
 */
export async function sbomOf(type, folders, others = []) {
  const listed = await succeed("npm", ["sbom", "--package-lock-only", "--sbom-format=cyclonedx"], { cwd: ROOT });
  const { bomFormat, specVersion, version, components } = JSON.parse(listed);
  const { packages } = JSON.parse(await readFile(join(ROOT, "package-lock.json"), "utf8"));
  const { name, version: released, license } = packages[""];
  const purl = `pkg:npm/${name}@${released}`;
  const component = { "bom-ref": purl, type, name, version: released, purl, licenses: [{ license: { id: license } }] };
  const found = folders.map((folder) => {
    const ref = `${folder.split("node_modules/").at(-1)}@${packages[folder]?.version}`;
    const one = components.find((/** @type {{ "bom-ref": string }} */ each) => each["bom-ref"] === ref);
    if (one === undefined) throw new ToolError(`npm sbom does not list ${folder}`);
    return one;
  });
  return `${JSON.stringify({ bomFormat, specVersion, version, metadata: { component }, components: [...found, ...others] }, null, 2)}\n`;
}

/**
 * Returns the folders of the packages that npm installs with this package, and of the packages in the bundle of the
 * command line.
 */
async function installedFolders() {
  const { packages } = JSON.parse(await readFile(join(ROOT, "package-lock.json"), "utf8"));
  // If a package has several versions, the top folder contains the version that a dependency of this package names.
  const installed = new Set([""]);
  for (const folder of installed)
    for (const name of Object.keys(packages[folder]?.dependencies ?? {})) installed.add(`node_modules/${name}`);
  installed.delete("");
  const target = await mkdtemp(join(tmpdir(), "lyceum-sbom-"));
  try {
    return [...new Set([...installed, ...(await bundleCommandLine(target))])];
  } finally {
    await rm(target, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(await sbomOf("library", await installedFolders()));
