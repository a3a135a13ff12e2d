// @ts-check
/**
 * `npm run quickstart` starts a run with the real Pulumi engine on the emulator, and then destroys the stack. The
 * Pulumi program is the repository's own project.
 */
import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { outputLines, startEmulator } from "./emulator.mjs";
import { checkNode, installAndBuild, ROOT } from "./project.mjs";
import { Interrupted, runMain, succeed, ToolError } from "./run.mjs";
import { pulumiEnvironment } from "./setup/pulumi-cli.mjs";
import { obtainAll } from "./setup/setup.mjs";

const STACK = "quickstart";
const print = (/** @type {string} */ line) => console.log(line);

/**
 * The signal of ^C, if the user pressed ^C. Every started process is then stopped in order. The Pulumi CLI also
 * receives ^C and stops by itself.
 */
let interrupted = /** @type {NodeJS.Signals | undefined} */ (undefined);

await runMain(async () => {
  const { keep = false } = parseArgs({ options: { keep: { type: "boolean" } } }).values;
  checkNode();
  await installAndBuild(print);
  const tools = await obtainAll(print);
  if (!tools.docker) print(`Docker is not used: ${tools.reason}`);

  const dir = join(ROOT, ".cache", "quickstart", `${Date.now()}-${process.pid}`);
  const home = join(dir, "pulumi");
  await mkdir(home, { recursive: true });
  const listen = (/** @type {NodeJS.Signals} */ signal) => {
    print(
      interrupted
        ? "\nStopping at once; the stack and the emulator are still removed …"
        : "\nStopping: Pulumi waits for the end of the run (^C again ends the wait), then the stack and the emulator are removed …",
    );
    interrupted = signal;
  };
  process.on("SIGINT", listen).on("SIGTERM", listen);

  const emulator = await startEmulator({ dir, docker: tools.docker });
  print(
    emulator.engine === "docker"
      ? `The emulator listens on ${emulator.url} and runs real containers.`
      : `SIMULATED: the emulator listens on ${emulator.url}; without Docker no container runs, and every run succeeds.`,
  );
  const env = {
    ...pulumiEnvironment({ binDir: tools.cli.binDir, home }),
    LYCEUM_BASE_URL: emulator.url,
    LYCEUM_API_KEY: emulator.apiKey,
  };
  const pulumi = (/** @type {string[]} */ ...args) => {
    print(`\n$ pulumi ${args.join(" ")}`);
    return stream(tools.cli.pulumi, args, env);
  };

  let made = false;
  let kept = false;
  /** @type {unknown} */
  let failure;
  try {
    await succeed(tools.cli.pulumi, ["stack", "init", STACK], { cwd: ROOT, env, timeoutMs: 60_000 });
    made = true;
    if (interrupted) throw new Interrupted(interrupted);
    const code = await pulumi("up", "--yes", "--skip-preview", "--stack", STACK);
    if (interrupted) throw new Interrupted(interrupted);
    if (code !== 0)
      throw new ToolError(
        `pulumi up failed with exit code ${code}. Fix the reason, which its output above shows, then run this again.`,
      );
    await showRun(tools.cli.pulumi, env, emulator);
    kept = keep;
  } catch (error) {
    failure = error;
  }
  if (kept) {
    printNextSteps(emulator, env, tools.cli.binDir, dir);
    return 0;
  }
  if (made) {
    const code = await pulumi("destroy", "--yes", "--skip-preview", "--remove", "--stack", STACK);
    if (code !== 0) failure ??= new ToolError(`pulumi destroy failed with exit code ${code}; see its output above.`);
  }
  await emulator.stop().catch((error) => {
    failure ??= error;
  });
  if (failure && !(failure instanceof Interrupted)) {
    // Removes the emulator's data, which contains the files of the run, but keeps its log.
    await rm(join(dir, "data"), { recursive: true, force: true });
    print(`\nThe log of the emulator is ${join(dir, "emulator.log")}.`);
    throw failure;
  }
  await rm(dir, { recursive: true, force: true });
  if (interrupted) throw new Interrupted(interrupted);
  print("\nDone: the run has ended, the stack is removed, and the emulator is stopped.");
  return 0;
});

/**
 * Shows the id, the status and the output of the run. Id and status come from the stack's outputs, and the output of
 * the run comes from the emulator's log.
 * @param {string} pulumi
 * @param {Record<string, string>} env
 * @param {import("./emulator.mjs").Emulator} emulator
 */
async function showRun(pulumi, env, emulator) {
  const options = { cwd: ROOT, env, timeoutMs: 60_000 };
  const text = await succeed(pulumi, ["stack", "output", "--json", "--stack", STACK], options);
  const { executionId, status } = JSON.parse(text);
  if (!executionId) throw new ToolError(`The program exports no executionId; it exports ${text.trim()}`);
  const simulated = emulator.engine === "docker" ? "" : " (SIMULATED: no container ran)";
  print(`\nstatus  ${status}${simulated}\nid      ${executionId}\noutput`);
  for (const line of await outputLines(emulator, executionId)) print(`  ${line}`);
}

/**
 * @param {import("./emulator.mjs").Emulator} emulator
 * @param {Record<string, string>} env
 * @param {string} binDir
 * @param {string} dir
 */
function printNextSteps(emulator, env, binDir, dir) {
  const names = Object.keys(env).filter((name) => /^(PULUMI|LYCEUM)_/.test(name) && !/OPTION_/.test(name));
  print(`
Kept: the stack and the emulator (process ${emulator.pid}). To go on, paste this into a shell in ${ROOT}:

${names.map((name) => `  export ${name}='${env[name]}'`).join("\n")}
  export PATH='${binDir}':"$PATH"

  pulumi up --stack ${STACK}         # nothing changes, as nothing has changed
  pulumi refresh --stack ${STACK}    # asks the emulator again
  pulumi destroy --stack ${STACK}

To see it in a browser:  ${emulator.page}
To stop the emulator:  kill ${emulator.pid}
To forget it all:      rm -r '${dir}' '${join(ROOT, `Pulumi.${STACK}.yaml`)}'`);
}

/**
 * Runs the CLI so that the user sees its output. The CLI has a separate process group, and this process passes ^C on to
 * the CLI. In a shared process group, the CLI would receive every ^C of the terminal, even if another program should
 * get it.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
function stream(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", "inherit", "inherit"], detached: true });
    const pass = () => child.kill("SIGINT");
    process.on("SIGINT", pass).on("SIGTERM", pass);
    const done = (/** @type {number} */ code) => {
      process.off("SIGINT", pass).off("SIGTERM", pass);
      resolve(code);
    };
    child.on("error", () => done(127));
    child.on("close", (code) => done(code ?? 1));
  });
}
