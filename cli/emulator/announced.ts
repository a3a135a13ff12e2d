import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** A running emulator on this machine, as `emulator --env` finds it. */
export interface Announced {
  readonly url: string;
  readonly apiKey: string;
  readonly pid: number;
}

/** The file in which the latest emulator publishes its URL and key. Only its owner may read it. */
export function announcementFile(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-lyceum", "emulator.json");
}

/**
 * Publishes that an emulator is ready.
 * @returns a function that withdraws this, unless another emulator has published since
 */
export function announce(emulator: Announced, file: string): () => void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(emulator)}\n`, { mode: 0o600 });
  return () => {
    if (announced(file)?.pid === emulator.pid) rmSync(file, { force: true });
  };
}

/** The emulator that runs on this machine; undefined when there is none. */
export function announced(file: string): Announced | undefined {
  try {
    const { url, apiKey, pid } = JSON.parse(readFileSync(file, "utf8")) as Partial<Record<keyof Announced, unknown>>;
    if (typeof url !== "string" || typeof apiKey !== "string" || typeof pid !== "number") return undefined;
    process.kill(pid, 0);
    return { url, apiKey, pid };
  } catch {
    // The file does not exist or is not valid, or the process of the emulator has ended.
    return undefined;
  }
}

/** The lines that set the variables of a shell for an emulator. */
export function exportsOf({ url, apiKey }: Pick<Announced, "url" | "apiKey">): readonly string[] {
  return [`export LYCEUM_BASE_URL=${quoted(url)}`, `export LYCEUM_API_KEY=${quoted(apiKey)}`];
}

/** A value in shell quotes, because a key that the user has chosen may contain special characters. */
function quoted(word: string): string {
  return /^[\w:/.-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
