import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { connectDaemon } from "./daemon";
import { asList, asMapping } from "./model";
import { setUpPlugin } from "./set-up-plugin";

/** What the docker engine was found to work with. */
export interface DockerFacts {
  /** Path of the `docker-compose` CLI plugin. */
  readonly composePlugin: string;
  /** Such as `2.40.3`. */
  readonly composeVersion: string;
  /** Path of the daemon's unix socket. */
  readonly socket: string;
  readonly daemonVersion: string;
  /** CPUs of the daemon's machine. */
  readonly cpus: number;
  /** Memory of the daemon's machine. */
  readonly memoryBytes: number;
}

/** Whether real containers can be run here; if not, why, in a sentence for the user. */
export type DockerAvailability =
  | { readonly available: true; readonly facts: DockerFacts }
  | { readonly available: false; readonly reason: string };

/** Where to look; everything left out is found by itself. */
export interface DockerLocation {
  /** Path of a `docker-compose` CLI plugin. Default: `LYCEUM_EMULATOR_COMPOSE_PLUGIN`, else what `docker info` names, else what set-up built. */
  readonly composePlugin?: string | undefined;
  /** Path of the daemon's unix socket. Default: what docker's current context names, else `/var/run/docker.sock`. */
  readonly dockerSocket?: string | undefined;
}

/** Oldest compose whose `config --format json` and `up --pull never` this engine was written for. */
const OLDEST_COMPOSE = [2, 20] as const;
const COMMAND_LIMIT = 20_000;

/** Finds the daemon and compose, and tries both the way a run will use them. Never rejects. */
export async function dockerAvailable(location: DockerLocation = {}): Promise<DockerAvailability> {
  try {
    const composePlugin = location.composePlugin ?? process.env.LYCEUM_EMULATOR_COMPOSE_PLUGIN ?? (await findPlugin());
    await access(composePlugin, constants.X_OK).catch(() => {
      throw new Error(`there is no docker compose at ${composePlugin}`);
    });
    // With the environment that a run gets: none.
    const composeVersion = (await command(composePlugin, ["version", "--short"], {})).trim().replace(/^v/, "");
    if (!isRecent(composeVersion))
      throw new Error(`docker compose is ${composeVersion}, at least ${OLDEST_COMPOSE.join(".")} is needed`);
    const socket = location.dockerSocket ?? (await findSocket());
    const { version, cpus, memoryBytes } = await connectDaemon(socket)
      .facts()
      .catch((error: unknown) => {
        throw new Error(`the Docker daemon does not answer at ${socket} (${messageOf(error)})`);
      });
    const facts = { composePlugin, composeVersion, socket, daemonVersion: version, cpus, memoryBytes };
    return { available: true, facts };
  } catch (error) {
    return { available: false, reason: messageOf(error) };
  }
}

/** As docker itself finds it, in the user's own plugin folder and in the machine's; else what this repository's set-up built. */
async function findPlugin(): Promise<string> {
  const text = await command("docker", ["info", "--format", "{{json .ClientInfo.Plugins}}"], process.env).catch(
    () => "[]",
  );
  const plugins = asList(JSON.parse(text)).map(asMapping);
  const own = plugins.find(({ Name: name, Err: failure }) => name === "compose" && failure === undefined);
  const plugin = choosePlugin(
    typeof own?.Path === "string" ? { path: own.Path, version: String(own.Version) } : undefined,
    setUpPlugin(),
  );
  if (plugin === undefined) {
    throw new Error(
      "docker has no compose plugin (`docker compose version` fails), and set-up has built none; `npm run quickstart` builds one",
    );
  }
  return plugin;
}

/** Which plugin is taken: docker's own unless it is too old and there is one of set-up. */
export function choosePlugin(
  own: { readonly path: string; readonly version: string } | undefined,
  setUp: string | undefined,
): string | undefined {
  return own !== undefined && isRecent(own.version.replace(/^v/, "")) ? own.path : (setUp ?? own?.path);
}

async function findSocket(): Promise<string> {
  const format = ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"];
  const host = (await command("docker", format, process.env).catch(() => "unix:///var/run/docker.sock")).trim();
  if (!host.startsWith("unix://"))
    throw new Error(`docker is set to the daemon at ${host}; only a local unix socket is used`);
  return host.slice("unix://".length);
}

/** Whether compose is recent enough; versions such as `2.40.3-desktop.1` and `5.0.1` are read too. */
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
