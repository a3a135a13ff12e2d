// @ts-check
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../tools/project.mjs";
import { pulumiEnvironment } from "../tools/setup/pulumi-cli.mjs";
import { timed } from "./processes.mjs";

/**
 * The settings of a program.
 * @typedef {object} Settings
 * @property {number} count resources
 * @property {number} lines of each Compose text
 * @property {"accepted" | "completed"} waitFor
 * @property {number} runSeconds how long the first run continues
 * @property {number} spreadSeconds how much later the last one ends
 * @property {boolean} [files] whether the program also stores the folder `files`
 * @property {"dynamic" | "plugin"} [host] which host manages them (dynamic)
 */

/** @typedef {{ inputs?: Record<string, unknown>, outputs?: Record<string, unknown>, type: string, id?: string }} Resource */

/**
 * @typedef {object} Stack
 * @property {string} dir the program's
 * @property {(args?: string[], watch?: Pick<import("../tools/run.mjs").CaptureOptions, "onLine">) => ReturnType<typeof timed>} up
 * @property {() => ReturnType<typeof timed>} preview
 * @property {(operation: string, args?: string[]) => ReturnType<typeof timed>} ci a command of `pulumi-lyceum ci`
 * @property {(options?: { plain: boolean }) => Promise<Resource[]>} resources its executions, or their likes, as the state
 *   holds them; `plain`: with secrets in clear
 */

/** Settings for runs that outlive every measurement. */
export const QUIET = Object.freeze({ waitFor: /** @type {const} */ ("accepted"), runSeconds: 600, spreadSeconds: 0 });

const STACK = "bench";

/**
 * @typedef {object} StackOptions
 * @property {string} name
 * @property {"executions" | "no-op"} program
 * @property {Settings} settings
 * @property {import("../tools/emulator.mjs").Emulator} emulator
 * @property {import("./template.mjs").Template} [template] what the no-op program imitates
 */

/**
 * A new stack with its own backend.
 * @param {import("./workspace.mjs").Workspace} workspace
 * @param {StackOptions} options
 * @returns {Promise<Stack>}
 */
export async function makeStack(workspace, { name, program, settings, emulator, template }) {
  const dir = join(workspace.dir, "stacks", name);
  const backend = join(dir, "backend");
  const home = join(workspace.dir, "pulumi-home");
  await Promise.all([mkdir(backend, { recursive: true }), mkdir(home, { recursive: true })]);
  for (const file of [`${program}.cjs`, "compose-text.cjs"]) {
    await copyFile(join(ROOT, "bench", "programs", file), join(dir, file));
  }
  const plugins = { providers: [{ name: "lyceum", path: join(workspace.packageDir, "bin") }] };
  const runtime = { name: "nodejs", options: { typescript: false } };
  const project = { name: program, runtime, ...(settings.host === "plugin" ? { plugins } : {}) };
  await writeFile(join(dir, "Pulumi.yaml"), JSON.stringify(project));
  await writeFile(join(dir, "package.json"), JSON.stringify({ private: true, main: `${program}.cjs` }));
  await writeFile(join(dir, "settings.json"), JSON.stringify(settings));
  if (template !== undefined) await writeFile(join(dir, "no-op.json"), JSON.stringify(template));

  const env = {
    ...pulumiEnvironment({ binDir: workspace.cli.binDir, home }),
    PULUMI_BACKEND_URL: `file://${backend}`,
    LYCEUM_BASE_URL: emulator.url,
    LYCEUM_API_KEY: emulator.apiKey,
  };
  const pulumi = (/** @type {string[]} */ args, watch = {}) =>
    timed(workspace.cli.pulumi, [...args, "--stack", STACK], { cwd: dir, env, ...watch });
  await pulumi(["stack", "init"]);
  return {
    dir,
    up: (args = [], watch = {}) => pulumi(["up", "--yes", "--skip-preview", ...args], watch),
    preview: () => pulumi(["preview"]),
    ci: (operation, args = []) => {
      const main = join(workspace.packageDir, "dist", "cli", "main.js");
      return timed(process.execPath, [main, "ci", operation, "--stack", STACK, ...args], { cwd: dir, env });
    },
    resources: async ({ plain } = { plain: false }) => {
      const { stdout } = await pulumi(["stack", "export", ...(plain ? ["--show-secrets"] : [])]);
      const { deployment } = JSON.parse(stdout);
      const resources = /** @type {Resource[]} */ (deployment.resources);
      return resources.filter(({ type }) => type.endsWith(":ComposeExecution"));
    },
  };
}
