// @ts-check
/**
 * `npm run release`: checks the tree, builds it from nothing, packs it, and prints the checksum and the command that publishes
 * it. With `--publish` it runs that command.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { checkNode, ROOT } from "./project.mjs";
import { problemsOfProvenance, problemsOfRelease, publishArguments } from "./release.cjs";
import { capture, runMain, show, ToolError, tail } from "./run.mjs";

await runMain(async () => {
  const unknown = process.argv.slice(2).filter((argument) => argument !== "--publish");
  if (unknown.length > 0) throw new ToolError(`Unknown argument ${unknown.join(" ")}; there is only --publish.`);
  checkNode();
  const { version, repository } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const changelog = await readFile(join(ROOT, "CHANGELOG.md"), "utf8");
  refuse(
    `Version ${version} cannot be released:`,
    problemsOfRelease({ version, changelog, gitStatus: await gitStatus() }),
  );

  const provenance = problemsOfProvenance({ repository, env: process.env });
  const publish = process.argv.includes("--publish");
  if (publish) refuse(`Version ${version} cannot be published:`, provenance);

  // What an older build left there would be packed too.
  for (const folder of ["dist", "bin", join("emulator", "dist")])
    await rm(join(ROOT, folder), { recursive: true, force: true });
  console.log("Building …");
  await must("npm", ["run", "--silent", "build"]);
  const folder = join(ROOT, ".cache", "release");
  await mkdir(folder, { recursive: true });
  const [packed] = JSON.parse(await must("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder]));
  const tarball = join(folder, packed.filename);
  const sha256 = createHash("sha256")
    .update(await readFile(tarball))
    .digest("hex");
  const args = publishArguments(relative(ROOT, tarball), version);
  console.log(`
version  ${version}
tarball  ${relative(ROOT, tarball)}, ${packed.files.length} files, ${(packed.size / 1e6).toFixed(2)} MB
sha256   ${sha256}
tag      git tag v${version}
publish  npm ${args.join(" ")}`);
  if (publish) return show("npm", args, { cwd: ROOT });
  for (const problem of provenance) console.log(`note     ${problem}`);
  console.log("\nNothing was published. `npm run release -- --publish` publishes.");
  return 0;
});

/**
 * @param {string} sentence
 * @param {string[]} problems
 */
function refuse(sentence, problems) {
  if (problems.length > 0) throw new ToolError(`${sentence}\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
}

async function gitStatus() {
  return must("git", ["status", "--porcelain"]);
}

/**
 * The output of a command that has to succeed.
 * @param {string} command
 * @param {string[]} args
 */
async function must(command, args) {
  const { code, stdout, stderr } = await capture(command, args, { cwd: ROOT });
  if (code !== 0)
    throw new ToolError(`${command} ${args.join(" ")} failed with exit code ${code}:\n${tail(stderr || stdout)}`);
  return stdout;
}
