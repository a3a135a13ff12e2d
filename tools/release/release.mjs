// @ts-check
/**
 * `npm run release` checks the repository, builds everything again and packs it. It prints the checksum and the command
 * that publishes the package. `--publish` runs this command. `--dry-run` continues even if the repository cannot be
 * released, and reports the reasons. A dry run makes the package, the archives of the plugin and the SDKs twice, and
 * fails if their bytes differ.
 */
import crypto from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { checkNode, ROOT } from "../project.mjs";
import { runMain, show, succeed, ToolError } from "../run.mjs";
import { problemsOfRelease, problemsOfTag, publishArguments } from "./release.cjs";

const must = (/** @type {string} */ command, /** @type {string[]} */ args) => succeed(command, args, { cwd: ROOT });
const FOLDER = join(ROOT, ".cache", "release");
/**
 * The folders of the files that a release publishes in addition to the package, each with the tool that makes the files
 * and their checksums.
 */
const OTHERS = /** @type {const} */ ([
  ["plugin", "release-plugin.mjs", "--draft"],
  ["sdk", "sdks.mjs"],
]);

await runMain(async () => {
  const { values } = parseArgs({ options: { publish: { type: "boolean" }, "dry-run": { type: "boolean" } } });
  const { publish, "dry-run": dryRun } = values;
  if (publish && dryRun) throw new ToolError("Choose one of --publish and --dry-run.");
  checkNode();
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const changelog = await readFile(join(ROOT, "CHANGELOG.md"), "utf8");
  const release = problemsOfRelease({ version, changelog, gitStatus: await must("git", ["status", "--porcelain"]) });
  if (!dryRun) refuse(`Version ${version} cannot be released:`, release);
  const tag = problemsOfTag(version, process.env);
  if (publish) refuse(`Version ${version} cannot be published:`, tag);

  const { tarball, packed } = await pack(FOLDER);
  const args = publishArguments(relative(ROOT, tarball), version);
  console.log(`
version  ${version}
tarball  ${relative(ROOT, tarball)}, ${packed.files.length} files, ${(packed.size / 1e6).toFixed(2)} MB
sha256   ${await sha256(tarball)}
tag      git tag v${version}
publish  npm ${args.join(" ")}`);
  if (publish) return show("npm", args, { cwd: ROOT });
  for (const problem of [...(dryRun ? release : []), ...tag]) console.log(`note     ${problem}`);
  if (dryRun) return makeAgain(tarball);
  console.log("\nNothing was published. `npm run release -- --publish` publishes.");
  return 0;
});

/**
 * Removes older builds, builds the package, and packs it.
 * @param {string} folder for the tarball
 */
async function pack(folder) {
  // Files of an older build are removed, because npm would pack them too.
  for (const built of ["dist", "bin", join("emulator", "dist")])
    await rm(join(ROOT, built), { recursive: true, force: true });
  console.log("Building …");
  await must("npm", ["run", "--silent", "build"]);
  await mkdir(folder, { recursive: true });
  const [packed] = JSON.parse(await must("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder]));
  return { tarball: join(folder, packed.filename), packed };
}

/**
 * Makes the package a second time, and makes everything else that a release publishes twice. Compares the bytes,
 * because a person who verifies a checksum must get the same bytes.
 * @param {string} tarball the package from the first time
 */
async function makeAgain(tarball) {
  const again = join(FOLDER, "again");
  const differing = [];
  for (const [name, tool, ...args] of OTHERS) {
    const folders = [join(FOLDER, name), join(again, name)];
    for (const out of folders) await must(process.execPath, [join("tools", "release", tool), ...args, "--out", out]);
    const [sums, others] = await Promise.all(folders.map((out) => readFile(join(out, "SHA256SUMS"), "utf8")));
    console.log(`${name.padEnd(8)} ${relative(ROOT, folders[0] ?? "")}\n${sums}`);
    if (sums !== others) differing.push(name);
  }
  if ((await sha256(tarball)) !== (await sha256((await pack(again)).tarball))) differing.push(basename(tarball));
  await rm(again, { recursive: true });
  if (differing.length > 0) throw new ToolError(`Made twice, their bytes differ: ${differing.join(", ")}`);
  console.log("Everything was made twice, byte for byte equal. Nothing was published.");
  return 0;
}

/** @param {string} file */
async function sha256(file) {
  return crypto.hash("sha256", await readFile(file));
}

/**
 * @param {string} sentence
 * @param {string[]} problems
 */
function refuse(sentence, problems) {
  if (problems.length > 0) throw new ToolError(`${sentence}\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
}
