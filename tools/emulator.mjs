// @ts-check
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { emulatorReady, withoutSettings } from "./decisions.cjs";
import { ROOT } from "./project.mjs";
import { ToolError, tail } from "./run.mjs";

const START_MS = 30_000;
/**
 * The time that the emulator has to stop, in milliseconds. Before it exits, the emulator ends its runs, and a container
 * may use its whole grace period.
 */
const STOP_MS = 60_000;

/** @typedef {{ url: string, apiKey: string, engine: string, page: string, pid: number, stop: () => Promise<void> }} Emulator */

/**
 * Starts the emulator on a free port and waits until it is ready. The emulator has its own process group. A terminal
 * sends ^C to the whole group of the command, but the emulator must continue until the CLI has destroyed the stack.
 * @param {{ dir: string, docker: import("./setup/setup.mjs").DockerTools | undefined }} options
 * @returns {Promise<Emulator>}
 */
export async function startEmulator({ dir, docker }) {
  await mkdir(dir, { recursive: true });
  const logFile = join(dir, "emulator.log");
  await writeFile(logFile, "");
  // The output goes to a file and not to a pipe, because with --keep the emulator continues after this process.
  const output = openSync(logFile, "a");
  const engine = docker ? "docker" : "simulated";
  const child = spawn(
    process.execPath,
    ["dist/cli/main.js", "emulator", "--json", "--port", "0", "--engine", engine, "--data", join(dir, "data")],
    {
      cwd: ROOT,
      stdio: ["ignore", output, output],
      detached: true,
      env: {
        ...withoutSettings(process.env),
        ...(docker ? { DOCKER_HOST: docker.host, LYCEUM_EMULATOR_COMPOSE_PLUGIN: docker.plugin } : {}),
      },
    },
  );
  closeSync(output);
  let exit = "";
  child.on("error", (error) => {
    exit = error.message;
  });
  child.on("exit", (code, signal) => {
    exit = `it ended with ${signal ?? code}`;
  });
  child.unref();
  const stop = async () => {
    const { pid } = child;
    if (exit !== "" || pid === undefined) return;
    process.kill(pid, "SIGTERM");
    for (const end = Date.now() + STOP_MS; exit === "" && Date.now() < end; ) await sleep(50);
    if (exit === "") throw new ToolError(`The emulator (process ${pid}) has not stopped after ${STOP_MS / 1000} s.`);
  };
  for (const end = Date.now() + START_MS; Date.now() < end; ) {
    const output = await readFile(logFile, "utf8");
    const ready = emulatorReady(output);
    if (ready && child.pid !== undefined) return { ...ready, pid: child.pid, stop };
    if (exit !== "") throw new ToolError(`The emulator did not start: ${exit}.\n${tail(output)}`);
    await sleep(50);
  }
  await stop();
  throw new ToolError(`The emulator was not ready after ${START_MS / 1000} s. Its log is ${logFile}.`);
}

/**
 * Returns the output lines of a run, from the log endpoint of the emulator.
 * @param {Emulator} emulator
 * @param {string} executionId
 * @returns {Promise<string[]>}
 */
export async function outputLines(emulator, executionId) {
  const answer = await fetch(`${emulator.url}/logs/execution/${encodeURIComponent(executionId)}?limit=200`, {
    headers: { authorization: `Bearer ${emulator.apiKey}` },
    signal: AbortSignal.timeout(15_000),
  });
  if (!answer.ok) throw new ToolError(`The emulator answered ${answer.status} when asked for the run's output.`);
  const body = /** @type {{ logs: { message: string, labels?: Record<string, string> }[] }} */ (await answer.json());
  return body.logs.map(({ message, labels }) => (labels?.service ? `${labels.service} | ${message}` : message));
}
