import { closeSync, constants, fstatSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs of this command that one host manages now and whose start keys are of the other host's scope. When a stack moves from the
 * dynamic provider to the plugin, the engine deletes the dynamic scope, and that aborts what an interrupted command left behind:
 * the two processes have only their engine in common, so the plugin writes the ids of the moved runs into a file named after it.
 */
export interface MovedRuns {
  /**
   * Notes a run that must not count as left behind.
   *
   * @throws where it cannot be noted: the other process would end the run
   */
  note(executionId: string): void;
  /** The runs that another process has noted. */
  noted(): ReadonlySet<string>;
  /** Removes the file. */
  forget(): void;
}

/** @param engineAddress without one (in a test) nothing is noted */
export function movedRuns(engineAddress: string | undefined, folder: string = tmpdir()): MovedRuns {
  if (engineAddress === undefined || engineAddress === "") {
    return { note: () => undefined, noted: () => new Set(), forget: () => undefined };
  }
  const uid = process.getuid?.() ?? 0;
  const path = join(folder, `pulumi-lyceum-moved-${uid}-${engineAddress.replace(/[^A-Za-z0-9]/g, "-")}`);
  const written = new Set<string>();
  return {
    note: (executionId) => {
      if (written.has(executionId)) return;
      // Not through a link that somebody else has put there.
      const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
      const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
      try {
        writeSync(descriptor, `${executionId}\n`);
      } finally {
        closeSync(descriptor);
      }
      written.add(executionId);
    },
    noted: () => new Set(ownLines(path, uid)),
    forget: () => {
      if (written.size > 0) rmSync(path, { force: true });
    },
  };
}

/** Lines of a file of this user: another one could otherwise keep a run from being ended. */
function ownLines(path: string, uid: number): string[] {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.uid !== uid) return [];
    return readFileSync(descriptor, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
