// @ts-check
import { cp, mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator } from "../tools/emulator.mjs";
import { ROOT } from "../tools/project.mjs";

/**
 * The folder of one run of the benchmark, for all of its files. `node_modules` has a copy of the built package, as
 * after an installation, so that a build at the same time changes nothing.
 * @typedef {object} Workspace
 * @property {string} dir
 * @property {string} packageDir the copy of the package that is measured
 * @property {import("../tools/setup/pulumi-cli.mjs").PulumiCli} cli
 * @property {(line: string) => void} log
 */

/**
 * @param {{ cli: import("../tools/setup/pulumi-cli.mjs").PulumiCli, packageRoot: string, log: (line: string) => void }}
 *   options
 * @returns {Promise<Workspace>}
 */
export async function makeWorkspace({ cli, packageRoot, log }) {
  const dir = join(ROOT, ".cache", "bench", `${Date.now()}-${process.pid}`);
  const packageDir = join(dir, "node_modules", "pulumi-lyceum");
  await mkdir(packageDir, { recursive: true });
  await cp(join(packageRoot, "dist"), join(packageDir, "dist"), { recursive: true });
  await cp(join(packageRoot, "bin"), join(packageDir, "bin"), { recursive: true });
  await cp(join(packageRoot, "package.json"), join(packageDir, "package.json"));
  const programs = join(ROOT, "bench", "programs");
  await cp(join(programs, "no-ops"), join(dir, "node_modules", "pulumi-no-ops"), { recursive: true });
  return { dir, packageDir, cli, log };
}

/**
 * Runs `work` with its own emulator on empty data.
 * @template T
 * @param {Workspace} workspace
 * @param {(emulator: import("../tools/emulator.mjs").Emulator) => Promise<T>} work
 */
export async function withEmulator(workspace, work) {
  const data = await mkdtemp(join(workspace.dir, "emulator-"));
  const emulator = await startEmulator({ dir: data, docker: undefined });
  try {
    return await work(emulator);
  } finally {
    await emulator.stop();
  }
}
