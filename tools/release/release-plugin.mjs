// @ts-check
/**
 * `npm run release:plugin`: makes the archives that `pulumi plugin install resource lyceum VERSION --file ARCHIVE` takes, their
 * checksums and an SBOM. The same commit gives the same bytes. `--out DIR` names the folder; `--draft` also takes a tree that
 * cannot be released, for a try.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { licenseTexts } from "../bundle/bundle.mjs";
import { bundlePlugin, PLUGIN_FILE } from "../bundle/plugin-bundle.mjs";
import { checkNode, ROOT } from "../project.mjs";
import { capture, runMain, ToolError } from "../run.mjs";
import { tarGz } from "./archive.cjs";
import { pluginArchive, problemsOfRelease } from "./release.cjs";
import { sbomOf } from "./sbom.mjs";

/** The file is JavaScript, the same for all; Pulumi looks for an archive of its own system. */
const SYSTEMS = ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64"];

await runMain(async () => {
  checkNode();
  const options = { out: { type: /** @type {const} */ ("string") }, draft: { type: /** @type {const} */ ("boolean") } };
  const { values } = parseArgs({ options });
  const out = resolve(values.out ?? join(ROOT, ".cache", "release", "plugin"));
  if (values.draft !== true) await refuseUnreleasable();

  await mkdir(out, { recursive: true });
  const file = join(out, PLUGIN_FILE);
  const { version, packages } = await bundlePlugin(file);
  const archive = tarGz([
    { name: PLUGIN_FILE, mode: 0o755, content: await readFile(file) },
    { name: "LICENSE", mode: 0o644, content: await readFile(join(ROOT, "LICENSE")) },
    { name: "LICENSES.txt", mode: 0o644, content: Buffer.from(await licenseTexts(packages)) },
  ]);
  await rm(file);
  const bom = Buffer.from(await sbomOf("application", packages));
  /** @type {[string, Buffer][]} */
  const made = [
    ...SYSTEMS.map((system) => /** @type {[string, Buffer]} */ ([pluginArchive(version, system), archive])),
    [`${PLUGIN_FILE}-v${version}.cdx.json`, bom],
  ];
  const sums = made.map(([name, content]) => `${sha256(content)}  ${name}\n`);
  for (const [name, content] of [...made, /** @type {const} */ (["SHA256SUMS", sums.join("")])])
    await writeFile(join(out, name), content);
  const example = relative(process.cwd(), join(out, pluginArchive(version, "linux-amd64")));
  console.log(`${sums.join("")}
packages ${packages.length} in the file, listed in the SBOM
check    sha256sum --check SHA256SUMS
install  pulumi plugin install resource lyceum v${version} --file ${example}

Nothing was published. The plugin needs Node 20.18.1 or later on the machine that runs Pulumi.`);
  return 0;
});

async function refuseUnreleasable() {
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const changelog = await readFile(join(ROOT, "CHANGELOG.md"), "utf8");
  const { code, stdout: gitStatus, stderr } = await capture("git", ["status", "--porcelain"], { cwd: ROOT });
  if (code !== 0) throw new ToolError(`git status failed: ${stderr}`);
  const problems = problemsOfRelease({ version, changelog, gitStatus });
  if (problems.length > 0)
    throw new ToolError(
      `Version ${version} cannot be released (\`--draft\` makes the archives nevertheless):\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
}

/** @param {Buffer} content */
function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}
