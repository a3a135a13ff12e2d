import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emulatorsFolder } from "../../emulator/src/store/data-folder";
import { EXIT_CODES, type Surface } from "../command";
import type { Announced } from "./announced";
import { untilReady } from "./manage";

/** The environment variable with the path of a detached emulator's output file. */
export const DETACHED = "LYCEUM_EMULATOR_DETACHED";

/** The largest number of characters of a failed emulator's output that are shown. */
const MOST_SHOWN = 2_000;

/**
 * Starts an emulator in a separate process. The emulator survives this process and its terminal. Returns when the
 * emulator is ready, or has failed.
 * @param show prints that the emulator is ready
 */
export async function detach(
  args: readonly string[],
  surface: Surface,
  show: (ready: Announced, log: string) => void,
): Promise<number> {
  const folder = emulatorsFolder();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = join(folder, `detached-${process.pid}.log`);
  const output = openSync(log, "w", 0o600);
  const words = [process.argv[1] ?? "", "emulator", ...args.filter((word) => word !== "--detach")];
  const child = spawn(process.execPath, [...process.execArgv, ...words], {
    detached: true,
    stdio: ["ignore", output, output],
    env: { ...process.env, [DETACHED]: log },
  });
  let isOver = false;
  child.once("exit", () => {
    isOver = true;
  });
  const ready = await untilReady(undefined, () => isOver, child.pid);
  if (ready === undefined) {
    child.kill("SIGTERM");
    surface.printError(`The emulator is not ready. Its output:\n${readFileSync(log, "utf8").slice(-MOST_SHOWN)}`);
    return EXIT_CODES.errors;
  }
  child.unref();
  show(ready, log);
  return EXIT_CODES.clean;
}
