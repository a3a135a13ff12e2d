import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { asList, asMapping } from "../text/model";
import { bridge } from "./bridge";
import { connectDaemon } from "./daemon";
import { type Endpoint, endpointOf, endpointOfContext, tlsOf, USUAL_HOST } from "./endpoint";

/** The facts about Docker that the engine needs. {@link dockerAvailable} finds these facts. */
export interface DockerFacts {
  /** Path of the `docker-compose` CLI plugin. */
  readonly composePlugin: string;
  /** Path of a unix socket that leads to the daemon. */
  readonly socket: string;
  /** CPUs of the daemon's machine. */
  readonly cpus: number;
}

/** Whether this machine can run real containers. If not, `reason` is for the user. */
export type DockerAvailability =
  | { readonly available: true; readonly facts: DockerFacts }
  | { readonly available: false; readonly reason: string };

/** The oldest accepted version of Compose. This version has `config --format json` and `up --pull never`. */
const OLDEST_COMPOSE = [2, 20] as const;
const COMMAND_LIMIT = 20_000;

/**
 * Finds the daemon and Compose, and tries both in the same way as a run. The daemon is the one that `docker` uses:
 * DOCKER_HOST, or docker's current context. Compose is the plugin that `LYCEUM_EMULATOR_COMPOSE_PLUGIN` or `docker
 * info` names. Never rejects.
 */
export async function dockerAvailable(): Promise<DockerAvailability> {
  try {
    const { LYCEUM_EMULATOR_COMPOSE_PLUGIN: given } = process.env;
    if (given !== undefined) await checkPlugin(given);
    const endpoint = await findEndpoint(given !== undefined);
    const { path: socket, problem } = await bridge(endpoint);
    const cpus = await connectDaemon(socket)
      .cpus()
      .catch((error: unknown) => {
        const place =
          endpoint.kind === "unix" ? endpoint.path : (process.env.DOCKER_HOST ?? "the address of docker's context");
        throw new Error(`the Docker daemon does not answer at ${place} (${problem() || messageOf(error)})`);
      });
    const composePlugin = given ?? (await findPlugin());
    if (given === undefined) await checkPlugin(composePlugin);
    return { available: true, facts: { composePlugin, socket, cpus } };
  } catch (error) {
    return { available: false, reason: messageOf(error) };
  }
}

async function checkPlugin(path: string): Promise<void> {
  await access(path, constants.X_OK).catch(() => {
    throw new Error(`there is no docker compose at ${path}`);
  });
  // A run gives Compose no environment variable of this process, so this check also gives none.
  const version = (await command(path, ["version", "--short"], {})).trim().replace(/^v/, "");
  if (isRecent(version)) return;
  throw new Error(`docker compose is ${version}, at least ${OLDEST_COMPOSE.join(".")} is needed`);
}

/** The error if the emulator finds no `docker` command, and what the user can do. */
const NO_DOCKER =
  "there is no `docker` on PATH. Install Docker, or set DOCKER_HOST to the socket of Docker or Podman and LYCEUM_EMULATOR_COMPOSE_PLUGIN to the path of docker-compose";

/** Returns the path of the Compose plugin that docker uses. */
async function findPlugin(): Promise<string> {
  const args = ["info", "--format", "{{json .ClientInfo.Plugins}}"];
  const plugins: unknown = JSON.parse(await docker(args));
  const own = asList(plugins)
    .map(asMapping)
    .find(({ Name: name, Err: failure }) => name === "compose" && failure === undefined);
  if (typeof own?.Path === "string") return own.Path;
  throw new Error(
    "docker has no compose plugin (`docker compose version` fails); install it, or set LYCEUM_EMULATOR_COMPOSE_PLUGIN to its path",
  );
}

/**
 * Returns the address of the daemon that `docker` uses. If docker cannot find the address, for example because the
 * context in DOCKER_CONTEXT does not exist, throws an error instead of using another daemon.
 */
async function findEndpoint(hasPlugin: boolean): Promise<Endpoint> {
  const { DOCKER_HOST: host = "", DOCKER_CONTEXT: context = "" } = process.env;
  // `DOCKER_HOST` has precedence over a context. The program `docker` has the same rule.
  if (host !== "") return endpointOf(host, tlsOf(process.env));
  try {
    return endpointOfContext(await docker(["context", "inspect"]), process.env);
  } catch (error) {
    // If the user has named a Compose plugin, the program `docker` is not needed. Without `docker`, there are no
    // contexts, so the daemon is at its usual address.
    if (isMissing(error) && context === "" && hasPlugin) return endpointOf(USUAL_HOST);
    throw error;
  }
}

async function docker(args: readonly string[]): Promise<string> {
  try {
    return await command("docker", args, process.env);
  } catch (error) {
    if (isMissing(error)) throw Object.assign(new Error(NO_DOCKER), { code: "ENOENT" });
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
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
      else {
        const { code } = error;
        reject(Object.assign(new Error(`${file} ${args[0]} failed: ${stderr.trim() || error.message}`), { code }));
      }
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
