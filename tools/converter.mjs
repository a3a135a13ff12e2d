// @ts-check
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ROOT } from "./project.mjs";
import { capture, ToolError, tail } from "./run.mjs";
import { ensureCodegen, ensureHost } from "./setup/language-hosts.mjs";
import { ensurePulumiCli, pulumiEnvironment } from "./setup/pulumi-cli.mjs";
import { RECIPES } from "./setup/recipes.mjs";

const log = (/** @type {string} */ line) => console.error(line);

/**
 * Converts YAML programs that use the plugin, as `pulumi convert --from yaml` does. `pulumi convert` needs a converter
 * and language hosts that generate programs. This function builds these programs from `tools/go`.
 * @param {(convert: (folder: string, out: string, languages?: readonly string[]) => Promise<void>) => Promise<void>}
 * use receives `convert`, which writes the program of a folder as a TypeScript project. With `languages`, it writes the
 * program in each language into a separate folder
 */
export async function withConverter(use) {
  const cli = await ensurePulumiCli(log);
  const converter = await ensureHost({ cli, log }, RECIPES.converterYaml);
  const codegen = await ensureCodegen({ cli, log }, "The CLI generates no programs");
  const home = await mkdtemp(join(tmpdir(), "pulumi-convert-"));
  try {
    const { binary, version } = RECIPES.converterYaml;
    const installed = join(home, "plugins", `converter-yaml-v${version}`);
    await mkdir(installed, { recursive: true });
    await symlink(join(converter, binary), join(installed, binary));
    const env = pulumiEnvironment({ binDir: cli.binDir, home });
    const input = await readFile(join(ROOT, "plugin", "schema.json"));
    await use(async (folder, out, languages = []) => {
      const intermediate = await mkdtemp(join(home, "program-"));
      const args = ["convert", "--from", "yaml", "--language", "pcl", "--out", intermediate];
      const { code, stderr } = await capture(cli.pulumi, args, { cwd: resolve(folder), env, timeoutMs: 120_000 });
      // For an error in the program, the CLI only prints a diagnostic, and its exit code is still 0.
      if (code !== 0 || /\bError\b/.test(stderr)) throw new ToolError(`pulumi convert failed:\n${tail(stderr)}`);
      const targets = languages.map((language) => ["-language", language, "-out", join(resolve(out), language)]);
      for (const target of languages.length === 0 ? [["-out", resolve(out)]] : targets) {
        const made = spawnSync(codegen, ["-program", intermediate, ...target], { input, encoding: "utf8" });
        if (made.status !== 0) throw new ToolError(`The program was not generated:\n${tail(made.stderr)}`);
      }
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
