import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";

/** A running emulator on this machine. `emulator --env` finds it. */
export interface Announced {
  readonly url: string;
  readonly apiKey: string;
  readonly pid: number;
  /** When the emulator was ready, in milliseconds since the epoch. */
  readonly readyAt: number;
}

/**
 * The folder in which each emulator of this user publishes its URL and key, in a file that only its owner may read.
 * Each machine has its own folder. Containers may share the home folder, but the same pid means a different process in
 * each of them.
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
 * The emulator that runs on this machine. If there are several, the one that was started last. Undefined if there is
 * none.
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
    // No emulator was started yet.
  }
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name))
    .map((file) => ({ file, running: runningOf(file) }));
}

/** Undefined if the file is not valid, or if its process has ended. */
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

/** The lines that set the variables of a shell for an emulator. */
export function exportsOf({ url, apiKey }: Pick<Announced, "url" | "apiKey">): readonly string[] {
  return [`export LYCEUM_BASE_URL=${quoted(url)}`, `export LYCEUM_API_KEY=${quoted(apiKey)}`];
}

/**
 * The lines for a shell if no emulator runs. The shell or the stack may have the key of a real account, and the next
 * command must not use it. So these lines set a base URL that is not valid (LYC1002). sh, bash, zsh and fish all
 * understand them.
 */
export const EXPORTS_WITHOUT_EMULATOR: readonly string[] = ["export LYCEUM_BASE_URL=no-emulator-is-running", "false"];

/** Quotes a word for a shell, because a user's own key may contain special characters. */
function quoted(word: string): string {
  return /^[\w:/.-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
