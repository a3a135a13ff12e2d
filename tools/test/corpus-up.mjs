// @ts-check
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { outputLines, startEmulator } from "../emulator.mjs";
import { installAndBuild, ROOT } from "../project.mjs";
import { succeed, ToolError } from "../run.mjs";
import { pulumiEnvironment } from "../setup/pulumi-cli.mjs";
import { obtainAll } from "../setup/setup.mjs";

const PROGRAM = `
const lyceum = require("pulumi-lyceum");
const run = new lyceum.ComposeExecution("run", {
  composeFile: process.env.CORPUS_FILE,
  localFiles: "inline",
  waitFor: "completed",
});
exports.executionId = run.executionId;
`;

/**
 * Starts stand-ins of projects with `pulumi up` on real containers, and compares what the containers print with what they
 * have to be given.
 * @param {(into: string) => Promise<void>} writeStandIns
 * @returns {Promise<number>} the exit code
 */
export async function runStandIns(writeStandIns) {
  const log = (/** @type {string} */ line) => console.error(line);
  await installAndBuild(log);
  const tools = await obtainAll(log);
  if (!tools.docker) throw new ToolError(`Docker is needed for this: ${tools.reason}`);
  const dir = join(ROOT, ".cache", "corpus-up");
  await rm(dir, { recursive: true, force: true });
  await mkdir(join(dir, "projects"), { recursive: true });
  await mkdir(join(dir, "home"));
  await writeStandIns(join(dir, "projects"));
  const emulator = await startEmulator({ dir, docker: tools.docker });
  let failed = 0;
  try {
    for (const index of await readdir(join(dir, "projects"))) {
      const folder = join(dir, "projects", index);
      const { name, file, lines } = JSON.parse(await readFile(join(folder, "expected.json"), "utf8"));
      await writeFile(join(folder, "index.js"), PROGRAM);
      await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
      await writeFile(
        join(folder, "Pulumi.yaml"),
        "name: corpus\nruntime: { name: nodejs, options: { typescript: false } }\n",
      );
      const env = {
        ...pulumiEnvironment({ binDir: tools.cli.binDir, home: join(dir, "home") }),
        LYCEUM_BASE_URL: emulator.url,
        LYCEUM_API_KEY: emulator.apiKey,
        CORPUS_FILE: `project/${file}`,
      };
      const pulumi = (/** @type {string[]} */ ...args) =>
        succeed(tools.cli.pulumi, args, { cwd: folder, env, timeoutMs: 300_000 });
      const stack = `corpus-${index}`;
      await pulumi("stack", "init", stack);
      await pulumi("up", "--yes", "--skip-preview", "--stack", stack);
      const { executionId } = JSON.parse(await pulumi("stack", "output", "--json", "--stack", stack));
      const printed = (await outputLines(emulator, executionId)).flatMap((line) => /given .*/.exec(line)?.[0] ?? []);
      await pulumi("destroy", "--yes", "--skip-preview", "--stack", stack);
      const missing = lines.filter((/** @type {string} */ line) => !printed.includes(line));
      const services = new Set(lines.map((/** @type {string} */ line) => line.split(" ")[1])).size;
      console.log(
        `${name}: ${services} services were given ${lines.length - missing.length} of ${lines.length} variables, files and folders`,
      );
      for (const line of missing) console.log(`  not printed: ${line}`);
      if (missing.length > 0) failed += 1;
    }
  } finally {
    await emulator.stop();
  }
  return failed === 0 ? 0 : 1;
}
