import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { shellWord } from "../../provider/display/shell-word";

/** A running emulator on this machine, as `emulator --env` finds it. */
export interface Announced {
  readonly url: string;
  readonly apiKey: string;
  readonly pid: number;
  /** The time at which the emulator was ready, in milliseconds since the epoch. */
  readonly readyAt: number;
}

/**
 * Returns the folder in which each emulator of this user publishes its URL and key, in a file that only the user may
 * read. Each machine has its own folder, because containers may share the home folder, and the same pid means a
 * different process in each container.
 */
export function announcementFolder(environment: NodeJS.ProcessEnv = process.env, machine = hostname()): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-lyceum", "emulators", machine);
}

/**
 * Publishes that an emulator is ready. Removes the files of emulators that were killed.
 * @returns a function that removes the file of this emulator
 */
export function announce(emulator: Announced, folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { file } of published(folder).filter(({ running }) => running === undefined))
    rmSync(file, { force: true });
  const file = join(folder, `${emulator.pid}.json`);
  writeFileSync(file, `${JSON.stringify(emulator)}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/**
 * Returns the emulator that runs on this machine. If several emulators run, returns the one that was started last.
 * Undefined if none runs.
 */
export function announced(folder: string): Announced | undefined {
  const running = published(folder).flatMap((found) => found.running ?? []);
  return running.sort((a, b) => b.readyAt - a.readyAt)[0];
}

function published(folder: string): { readonly file: string; readonly running: Announced | undefined }[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // The folder does not exist, so no emulator was started yet.
  }
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name))
    .map((file) => ({ file, running: runningOf(file) }));
}

/** Reads the file of an emulator. Undefined if the file is not valid, or if the emulator's process has ended. */
function runningOf(file: string): Announced | undefined {
  try {
    const read = JSON.parse(readFileSync(file, "utf8")) as Partial<Record<keyof Announced, unknown>>;
    const { url, apiKey, pid, readyAt } = read;
    if (typeof url !== "string" || typeof apiKey !== "string") return undefined;
    if (typeof pid !== "number" || typeof readyAt !== "number") return undefined;
    process.kill(pid, 0);
    return { url, apiKey, pid, readyAt };
  } catch {
    return undefined;
  }
}

/** Returns the lines that set a shell's variables so that commands use an emulator. */
export function exportsOf({ url, apiKey }: Pick<Announced, "url" | "apiKey">): readonly string[] {
  return [`export LYCEUM_BASE_URL=${shellWord(url)}`, `export LYCEUM_API_KEY=${shellWord(apiKey)}`];
}

/**
 * The lines for a shell if no emulator runs. The shell or the stack may have the key of a real account, which the next
 * command must not use. So these lines set a base URL that is not valid (LYC1002). sh, bash, zsh and fish all
 * understand them.
 */
export const EXPORTS_WITHOUT_EMULATOR: readonly string[] = ["export LYCEUM_BASE_URL=no-emulator-is-running", "false"];
