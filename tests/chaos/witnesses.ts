import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { QUICK_PROGRAMS } from "../harness/environment";
import { ROOT } from "../harness/root";

/**
 * Shows which processes of a command have loaded our package. Pulumi's own host of dynamic providers may outlive an
 * engine that is killed while the host starts. A host that was not asked for a provider holds nothing of ours, and our
 * code cannot end it, because none runs in it.
 */
export interface Witnesses {
  /** Environment for a command's processes. Their requests then name the command ({@link SENDER}). */
  readonly environment: Readonly<Record<string, string>>;
  hasLoaded(pid: number): boolean;
}

/** The header in which `witness.cjs` names the command that sends a request. */
export const SENDER = "x-chaos-command";

/** Witnesses that write into a folder. */
export function witnessesIn(folder: string): Witnesses {
  mkdirSync(folder, { recursive: true });
  return {
    environment: {
      NODE_OPTIONS: `${QUICK_PROGRAMS.NODE_OPTIONS} --require=${join(ROOT, "tests", "chaos", "witness.cjs")}`,
      LYCEUM_CHAOS_WITNESSES: folder,
    },
    hasLoaded: (pid) => existsSync(join(folder, String(pid))),
  };
}
