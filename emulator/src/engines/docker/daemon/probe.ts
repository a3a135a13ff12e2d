import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { asList, asMapping } from "../text/model";
import { connectDaemon } from "./daemon";

/** The parts of Docker that the engine needs. All of them work. */
export interface DockerFacts {
  /** Path of the `docker-compose` CLI plugin. */
  readonly composePlugin: string;
  /** Path of the daemon's unix socket. */
  readonly socket: string;
  /** CPUs of the daemon's machine. */
  readonly cpus: number;
}

/** The parts of Docker if this machine can run real containers. Otherwise the reason, as a sentence for the user. */
export type DockerAvailability =
  | { readonly available: true; readonly facts: DockerFacts }
  | { readonly available: false; readonly reason: string };

/**
 * The oldest accepted version of Compose. From this version on, Compose has `config --format json` and
 * `up --pull never`.
 */
const OLDEST_COMPOSE = [2, 20] as const;
const COMMAND_LIMIT = 20_000;

/**
 * Finds the daemon and Compose, and tries both in the same way as a run. Compose is the plugin that
 * `LYCEUM_EMULATOR_COMPOSE_PLUGIN` or `docker info` names. The daemon is the one in docker's current context. Never
 * rejects.
 */
export async function dockerAvailable(): Promise<DockerAvailability> {
  try {
    const composePlugin = process.env.LYCEUM_EMULATOR_COMPOSE_PLUGIN ?? (await findPlugin());
    await access(composePlugin, constants.X_OK).catch(() => {
      throw new Error(`there is no docker compose at ${composePlugin}`);
    });
    // A run calls Compose with an empty environment, so this check uses an empty one too.
    const version = (await command(composePlugin, ["version", "--short"], {})).trim().replace(/^v/, "");
    if (!isRecent(version))
      throw new Error(`docker compose is ${version}, at least ${OLDEST_COMPOSE.join(".")} is needed`);
    const socket = await findSocket();
    const cpus = await connectDaemon(socket)
      .cpus()
      .catch((error: unknown) => {
        throw new Error(`the Docker daemon does not answer at ${socket} (${messageOf(error)})`);
      });
    return { available: true, facts: { composePlugin, socket, cpus } };
  } catch (error) {
    return { available: false, reason: messageOf(error) };
  }
}

/**
 * Returns the Compose plugin that docker would use: first the one in the user's plugin folder, then the one in the
 * machine's folder.
 */
async function findPlugin(): Promise<string> {
  const args = ["info", "--format", "{{json .ClientInfo.Plugins}}"];
  const plugins: unknown = JSON.parse(await command("docker", args, process.env).catch(() => "[]"));
  const own = asList(plugins)
    .map(asMapping)
    .find(({ Name: name, Err: failure }) => name === "compose" && failure === undefined);
  if (typeof own?.Path === "string") return own.Path;
  throw new Error(
    "docker has no compose plugin (`docker compose version` fails); install it, or set LYCEUM_EMULATOR_COMPOSE_PLUGIN to its path",
  );
}

async function findSocket(): Promise<string> {
  const format = ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"];
  const host = (await command("docker", format, process.env).catch(() => "unix:///var/run/docker.sock")).trim();
  if (!host.startsWith("unix://"))
    throw new Error(`docker is set to the daemon at ${host}; only a local unix socket is used`);
  return host.slice("unix://".length);
}

/** Returns whether a version of Compose is recent enough. A version may look like `2.40.3-desktop.1` or `5.0.1`. */
export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  return major > OLDEST_COMPOSE[0] || (major === OLDEST_COMPOSE[0] && minor >= OLDEST_COMPOSE[1]);
}

function command(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { env, timeout: COMMAND_LIMIT, killSignal: "SIGKILL" }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${file} ${args[0]} failed: ${stderr.trim() || error.message}`));
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
