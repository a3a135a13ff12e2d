// @ts-check
/**
 * `node tools/release/sdks.mjs --out DIR` makes the SDKs of a release and their checksums: the Python wheel in
 * `DIR/wheel`, the Go module in `DIR/go`, and the sources for Java and .NET in `DIR/java` and `DIR/dotnet`. A Git tag
 * publishes the Go module. Maven and the .NET SDK compile the sources where they are published. The Pulumi CLI
 * generates the SDKs. The same commit and the same CLI give the same bytes.
 */
import crypto from "node:crypto";
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkNode, ROOT } from "../project.mjs";
import { runMain, succeed } from "../run.mjs";
import { ensurePulumiVenv, pythonEnvironment } from "../setup/python.mjs";

/** The time of all files in the wheel, which is the earliest time that an archive can have. */
const SOURCE_DATE_EPOCH = "315532800";

await runMain(async () => {
  checkNode();
  // The wheel contains the permissions of its files. The permissions must not depend on the settings of the machine.
  process.umask(0o022);
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const out = resolve(values.out ?? join(ROOT, ".cache", "release", "sdk"));
  const interpreter = join(await ensurePulumiVenv(console.error), "bin", "python");
  const sources = await mkdtemp(join(tmpdir(), "lyceum-sdks-"));
  try {
    // Files of an older build are removed, because a release publishes all files of the folder.
    for (const name of ["go", "java", "dotnet", "wheel", "SHA256SUMS"])
      await rm(join(out, name), { recursive: true, force: true });
    for (const language of ["go", "java", "dotnet"]) await generate(language, out);
    await generate("python", sources);
    const python = join(sources, "python");
    await copyFile(join(python, "pulumi_lyceum", "README.md"), join(python, "README.md"));
    await copyFile(join(ROOT, "LICENSE"), join(python, "LICENSE"));
    const wheel = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"];
    await succeed(interpreter, [...wheel, "--wheel-dir", join(out, "wheel"), python], {
      cwd: ROOT,
      env: { ...pythonEnvironment(), SOURCE_DATE_EPOCH },
    });
  } finally {
    await rm(sources, { recursive: true, force: true });
  }
  const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const names = files.map(({ parentPath, name }) => relative(out, join(parentPath, name))).sort();
  const sums = names.map(async (name) => `${crypto.hash("sha256", await readFile(join(out, name)))}  ${name}\n`);
  await writeFile(join(out, "SHA256SUMS"), (await Promise.all(sums)).join(""));
  console.log(names.filter((name) => /(?:\.whl|go\.mod|pom\.xml|\.csproj)$/.test(name)).join("\n"));
  return 0;
});

/**
 * @param {string} language
 * @param {string} out
 */
async function generate(language, out) {
  const tool = join("tools", "release", "gen-sdk.mjs");
  await succeed(process.execPath, [tool, "--language", language, "--out", out], { cwd: ROOT });
}
