import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { type OwnerState, ownerState, parseOwner, processesHere } from "../../emulator/src/store/owner";
import { shellWord } from "../../provider/display/shell-word";

/** The facts about a running emulator that the other commands of `emulator` need. */
export interface Announced {
  readonly url: string;
  readonly apiKey: string;
  readonly engine: string;
  readonly control: string;
  readonly page: string;
  readonly pid: number;
  /**
   * The process of the emulator, as `ownerText` writes it. `pid` alone does not identify the process, because the same
   * id may later belong to another process.
   */
  readonly owner: string;
  /** The path of the data folder. */
  readonly data: string;
  /** The time at which the emulator was ready, in milliseconds since the epoch. */
  readonly readyAt: number;
  /** The file with the output of a detached emulator. */
  readonly log?: string;
}

/**
 * Returns the folder in which the emulators of this user publish their URLs and keys. Each emulator has a file that
 * only the user may read. Each machine has its own folder, because containers may share the home folder, and the same
 * pid means a different process in each container.
 */
export function announcementFolder(environment: NodeJS.ProcessEnv = process.env, machine = hostname()): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-lyceum", "emulators", machine);
}

/**
 * Announces that an emulator is ready: writes its file into the folder. Removes files that are damaged or whose
 * emulator was killed. Keeps the file of an emulator in another container: its process cannot be checked from here, so
 * it may still run.
 *
 * @returns a function that removes the file of this emulator
 */
export function announce(emulator: Announced, folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { file } of published(folder).filter(({ state }) => state === "ended")) rmSync(file, { force: true });
  const file = join(folder, `${emulator.pid}.json`);
  writeFileSync(file, `${JSON.stringify(emulator)}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** Returns all emulators of this user that run on this machine. The emulator that was started last comes first. */
export function allAnnounced(folder: string): readonly Announced[] {
  const running = published(folder).flatMap(({ state, emulator }) => (state === "alive" ? (emulator ?? []) : []));
  return running.sort((a, b) => b.readyAt - a.readyAt);
}

/**
 * Returns the output files of detached emulators that may still run. An emulator of another container counts too,
 * because its process cannot be checked from here.
 */
export function logsInUse(folder: string): ReadonlySet<string> {
  return new Set(published(folder).flatMap(({ state, emulator }) => (state === "ended" ? [] : (emulator?.log ?? []))));
}

/**
 * Returns the emulator at a port or, without a port, the emulator that was started last. Undefined if there is none.
 */
export function announced(folder: string, port?: number): Announced | undefined {
  return allAnnounced(folder).find((emulator) => port === undefined || portOf(emulator) === port);
}

/** Returns the port of an emulator. */
export function portOf({ url }: Pick<Announced, "url">): number {
  return Number(new URL(url).port);
}

/** Returns whether the process of an emulator still runs. */
export function isRunning(emulator: Pick<Announced, "owner">): boolean {
  return stateOf(emulator) === "alive";
}

function stateOf({ owner: text }: Pick<Announced, "owner">): OwnerState {
  const owner = parseOwner(text);
  return owner === undefined ? "ended" : ownerState(owner, processesHere());
}

/** The file of an emulator, and its content. `emulator` is absent if the file is not valid. */
interface Published {
  readonly file: string;
  readonly state: OwnerState;
  readonly emulator?: Announced;
}

function published(folder: string): readonly Published[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // The folder does not exist, so no emulator was started yet.
  }
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name))
    .map((file) => {
      const emulator = readAnnounced(file);
      return emulator === undefined ? { file, state: "ended" } : { file, state: stateOf(emulator), emulator };
    });
}

/** Reads the file of an emulator. Undefined if the file is not valid. */
function readAnnounced(file: string): Announced | undefined {
  try {
    const read = JSON.parse(readFileSync(file, "utf8")) as Partial<Record<keyof Announced, unknown>>;
    const texts = [read.url, read.apiKey, read.engine, read.control, read.page, read.owner, read.data];
    if (!texts.every((text) => typeof text === "string")) return undefined;
    return typeof read.pid === "number" && typeof read.readyAt === "number" ? (read as Announced) : undefined;
  } catch {
    return undefined;
  }
}

/** The format in which `--env` prints variables: for a shell, or for the environment file of GitHub or GitLab. */
export type EnvironmentFormat = "shell" | "dotenv";

/** Returns the lines that set `LYCEUM_BASE_URL` and `LYCEUM_API_KEY`, so that commands use an emulator. */
export function exportsOf(
  { url, apiKey }: Pick<Announced, "url" | "apiKey">,
  format: EnvironmentFormat = "shell",
): readonly string[] {
  // In the environment files of GitHub and GitLab, quotes would be a part of the value.
  if (format === "dotenv") return [`LYCEUM_BASE_URL=${url}`, `LYCEUM_API_KEY=${apiKey}`];
  return [`export LYCEUM_BASE_URL=${shellWord(url)}`, `export LYCEUM_API_KEY=${shellWord(apiKey)}`];
}

/**
 * The lines that `--env` prints if no emulator runs. They set a base URL that is not valid (LYC1002), so that the next
 * command does not use a real account whose key is in the shell or in the stack. `false` makes the `eval` of the lines
 * fail. sh, bash, zsh and fish understand the lines for a shell.
 */
export const EXPORTS_WITHOUT_EMULATOR: Readonly<Record<EnvironmentFormat, readonly string[]>> = {
  shell: ["export LYCEUM_BASE_URL=no-emulator-is-running", "false"],
  dotenv: ["LYCEUM_BASE_URL=no-emulator-is-running"],
};
