// @ts-check
/**
 * `npm run release:plugin` makes the archives for `pulumi plugin install resource lyceum VERSION --file ARCHIVE`, with
 * their checksums and an SBOM. The same commit gives the same bytes. `--out DIR` sets the folder.
 * `--system linux-amd64` makes the archive of only one system. `--draft` makes the archives even if the repository is
 * in a state that cannot be released.
 */
import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkNode, ROOT } from "../project.mjs";
import { runMain, succeed, ToolError } from "../run.mjs";
import { NODE_VERSION, SYSTEMS } from "./node-runtime.mjs";
import { makeArchives } from "./plugin-archives.mjs";
import { pluginArchive, problemsOfRelease, problemsOfTag } from "./release.cjs";

await runMain(async () => {
  checkNode();
  const string = { type: /** @type {const} */ ("string") };
  const { values } = parseArgs({ options: { out: string, system: string, draft: { type: "boolean" } } });
  const out = resolve(values.out ?? join(ROOT, ".cache", "release", "plugin"));
  if (values.draft !== true) await refuseUnreleasable();
  const systems = values.system === undefined ? SYSTEMS : [values.system];
  const { version, packages, sums } = await makeArchives(out, systems);
  const example = relative(process.cwd(), join(out, pluginArchive(version, systems[0] ?? "")));
  console.log(`${sums}
contents Node ${NODE_VERSION} and ${packages.length} packages, listed in the SBOM
check    sha256sum --check SHA256SUMS
install  pulumi plugin install resource lyceum v${version} --file ${example}

Nothing was published.`);
  return 0;
});

async function refuseUnreleasable() {
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const changelog = await readFile(join(ROOT, "CHANGELOG.md"), "utf8");
  const gitStatus = await succeed("git", ["status", "--porcelain"], { cwd: ROOT });
  const problems = [...problemsOfRelease({ version, changelog, gitStatus }), ...problemsOfTag(version, process.env)];
  if (problems.length > 0)
    throw new ToolError(
      `Version ${version} cannot be released (\`--draft\` makes the archives nevertheless):\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
}
