// @ts-check
/**
 * Makes the archives from which Pulumi installs the plugin. Each archive contains the bundle, a Node program, and a
 * launcher that starts the bundle with this Node program.
 */
import crypto from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { licenseTexts } from "../bundle/bundle.mjs";
import { bundlePlugin, PLUGIN_FILE } from "../bundle/plugin-bundle.mjs";
import { ROOT } from "../project.mjs";
import { tarGz } from "./archive.cjs";
import { NODE_VERSION, nodeRuntime } from "./node-runtime.mjs";
import { pluginArchive } from "./release.cjs";
import { sbomOf } from "./sbom.mjs";

/**
 * Returns the component of Node for one system in an SBOM: the names that vulnerability databases use, the digest of
 * the program, and the npm package of the program.
 * @param {string} system such as `linux-amd64`
 * @param {Awaited<ReturnType<typeof nodeRuntime>>} runtime
 */
function nodeComponent(system, { node, source, integrity }) {
  const sha512 = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
  return {
    "bom-ref": `pkg:github/nodejs/node@v${NODE_VERSION}#${system}`,
    type: "platform",
    name: "node",
    version: NODE_VERSION,
    description: `The program of ${system}`,
    hashes: [{ alg: "SHA-256", content: crypto.hash("sha256", node) }],
    licenses: [{ license: { id: "MIT" } }],
    cpe: `cpe:2.3:a:nodejs:node.js:${NODE_VERSION}:*:*:*:*:*:*:*`,
    purl: `pkg:github/nodejs/node@v${NODE_VERSION}`,
    externalReferences: [
      { type: "distribution", url: `pkg:npm/${source}`, hashes: [{ alg: "SHA-512", content: sha512 }] },
    ],
  };
}

/**
 * Makes the archives, one SBOM for all archives, and a file with the checksums.
 * @param {string} out the folder for the files
 * @param {readonly string[]} systems such as `linux-amd64`
 * @returns {Promise<{ version: string, packages: string[], sums: string }>} `packages` are those whose code is in the
 * bundle
 */
export async function makeArchives(out, systems) {
  await mkdir(out, { recursive: true });
  // Files of an older version are removed, because a release publishes all files of the folder.
  const older = (await readdir(out)).filter((name) => name.startsWith(`${PLUGIN_FILE}-v`));
  for (const name of older) await rm(join(out, name));
  const bundle = join(out, `${PLUGIN_FILE}.cjs`);
  const { version, packages } = await bundlePlugin(bundle);
  const common = [
    { name: PLUGIN_FILE, mode: 0o755, content: await readFile(join(ROOT, "tools", "release", "launcher.sh")) },
    { name: `${PLUGIN_FILE}.cjs`, mode: 0o644, content: await readFile(bundle) },
    { name: "LICENSE", mode: 0o644, content: await readFile(join(ROOT, "LICENSE")) },
    { name: "LICENSES.txt", mode: 0o644, content: Buffer.from(await licenseTexts(packages)) },
  ];
  await rm(bundle);
  const sums = [];
  const components = [];
  for (const system of systems) {
    const found = await nodeRuntime(system);
    const { node, license } = found;
    components.push(nodeComponent(system, found));
    const runtime = [
      { name: "node", mode: 0o755, content: node },
      { name: "LICENSE.node", mode: 0o644, content: license },
    ];
    sums.push(await write(pluginArchive(version, system), tarGz([...common, ...runtime])));
  }
  const bom = await sbomOf("application", packages, components);
  sums.push(await write(`${PLUGIN_FILE}-v${version}.cdx.json`, Buffer.from(bom)));
  await writeFile(join(out, "SHA256SUMS"), sums.join(""));
  return { version, packages, sums: sums.join("") };

  /** @param {string} name @param {Buffer} content */
  async function write(name, content) {
    await writeFile(join(out, name), content);
    return `${crypto.hash("sha256", content)}  ${name}\n`;
  }
}
