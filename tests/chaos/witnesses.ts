import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { QUICK_PROGRAMS } from "../harness/environment";
import { ROOT } from "../harness/root";

/**
 * Which processes of a command have loaded our package. Pulumi's own host of dynamic providers may outlive an engine that is
 * killed while the host still starts: one that has not been asked for a provider holds nothing of ours, and cannot end
 * itself, since nothing of ours runs in it.
 */
export interface Witnesses {
  /** Environment that a command's processes need. What they send then names their command ({@link SENDER}). */
  readonly environment: Readonly<Record<string, string>>;
  hasLoaded(pid: number): boolean;
}

/** The header in which `witness.cjs` names the command whose process sends a request. */
export const SENDER = "x-chaos-command";

/** Takes notes in a folder. */
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
