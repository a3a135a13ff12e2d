// @ts-check
/**
 * `node tools/convert.mjs FOLDER OUT`: a program in YAML that uses the plugin as one in TypeScript: what `pulumi convert --from yaml
 * --language typescript` does where the CLI has the converter and a language host that generates programs. Here both are built from
 * `tools/go`.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkNode, ROOT } from "./project.mjs";
import { capture, runMain, ToolError, tail } from "./run.mjs";
import { ensureCodegen, ensureYamlConverter } from "./setup/language-hosts.mjs";
import { ensurePulumiCli, pulumiEnvironment } from "./setup/pulumi-cli.mjs";
import { RECIPES } from "./setup/recipes.mjs";

const log = (/** @type {string} */ line) => console.error(line);

await runMain(async () => {
  checkNode();
  const [folder, out] = process.argv.slice(2);
  if (folder === undefined || out === undefined)
    throw new ToolError("Two folders are needed: the program's and the new one.");
  const cli = await ensurePulumiCli({ root: ROOT, log });
  const options = { root: ROOT, cli, log };
  const converter = await ensureYamlConverter(options);
  const codegen = await ensureCodegen({ ...options, why: "The CLI generates no programs" });
  const home = await mkdtemp(join(tmpdir(), "pulumi-convert-"));
  try {
    const { binary, version } = RECIPES.converterYaml;
    const installed = join(home, "plugins", `converter-yaml-v${version}`);
    await mkdir(installed, { recursive: true });
    await symlink(join(converter, binary), join(installed, binary));
    const intermediate = join(home, "program");
    const env = pulumiEnvironment({ root: ROOT, binDir: cli.binDir, home });
    const args = ["convert", "--from", "yaml", "--language", "pcl", "--out", intermediate];
    const converted = await capture(cli.pulumi, args, { cwd: resolve(folder), env, timeoutMs: 120_000 });
    if (converted.code !== 0) throw new ToolError(`pulumi convert failed:\n${tail(converted.stderr)}`);
    const input = await readFile(join(ROOT, "plugin", "schema.json"));
    const made = spawnSync(codegen, ["-program", intermediate, "-out", resolve(out)], { input, encoding: "utf8" });
    if (made.status !== 0) throw new ToolError(`The program was not generated:\n${tail(made.stderr)}`);
    return 0;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
