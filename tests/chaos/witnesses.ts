import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { QUICK_PROGRAMS } from "../harness/environment";
import { ROOT } from "../harness/root";

/**
 * Shows which processes of a command have loaded this package. If an engine is killed while Pulumi's host of dynamic
 * providers starts, the host may continue. Before the host has loaded a provider, it runs no code of this package, so
 * this package cannot end the host.
 */
export interface Witnesses {
  /**
   * Variables for the processes of a command. With these variables, each request contains the name of the command
   * ({@link SENDER}).
   */
  readonly environment: Readonly<Record<string, string>>;
  hasLoaded(pid: number): boolean;
}

/** The header in which `witness.cjs` sends the name of the command. */
export const SENDER = "x-chaos-command";

/** Makes files that Node loads into each process. These files record in a folder which processes load the provider. */
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
