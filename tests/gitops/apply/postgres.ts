import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "../../harness/wait";

/** The folder in which Debian has the programs of each version. These programs are not on `PATH`. */
const VERSIONS = "/usr/lib/postgresql";
/** The id of another user, because PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const USER = "pulumi";

function programs(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(VERSIONS, version, "bin")).find((folder) => existsSync(join(folder, "initdb")));
}

/** The reason why no PostgreSQL server can be started. Undefined if a server can be started. */
export function whyNoPostgres(): string | undefined {
  return programs() === undefined ? "PostgreSQL is not installed" : undefined;
}

/** A PostgreSQL server of this machine, with an empty database. */
export interface Postgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a server in a new folder. The server does not wait for the disk, because nobody reads its data again. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-postgres-"));
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const bin = programs() ?? "";
  const data = join(folder, "data");
  const options = ["--auth=trust", `--username=${USER}`, "--encoding=UTF8", "--locale=C", "--no-sync"];
  const made = spawnSync(join(bin, "initdb"), ["-D", data, ...options], { ...as, cwd: folder, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  // The server has a socket in its folder. It has no port, because another process could take the port first.
  const server: ChildProcess = spawn(join(bin, "postgres"), ["-D", data, "-h", "", "-k", folder, "-F"], {
    ...as,
    cwd: folder,
    stdio: "ignore",
  });
  const ready = join(bin, "pg_isready");
  await waitUntil("the PostgreSQL server", async () => spawnSync(ready, ["-h", folder]).status === 0);
  return {
    url: `postgres:///postgres?user=${USER}&host=${encodeURIComponent(folder)}`,
    stop: async () => {
      const ended = once(server, "exit");
      // Ends the server and its other processes at once.
      server.kill("SIGQUIT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
