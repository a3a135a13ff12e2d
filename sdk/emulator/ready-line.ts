import type { ChildProcess } from "node:child_process";

/** The time limit for the start of an emulator, in milliseconds. */
const START_LIMIT = 120_000;

/** The first line of an emulator that was started with `--json`. */
export interface Ready {
  readonly url: string;
  readonly apiKey: string;
  readonly control: string;
}

/**
 * Reads the first line of an emulator. Kills the emulator if the line is late or not valid.
 * @throws an error with the output of the emulator
 */
export function readyLine(child: ChildProcess): Promise<Ready> {
  let output = "";
  let errors = "";
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new Error(`The emulator ${what}.\n${errors}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${START_LIMIT / 1000} s`), START_LIMIT);
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      if (!output.includes("\n")) return;
      const line = output.slice(0, output.indexOf("\n"));
      try {
        resolve(JSON.parse(line) as Ready);
        clearTimeout(timer);
      } catch {
        fail(`printed a line that is not JSON: ${line.slice(0, 200)}`);
      }
    });
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      errors = (errors + chunk).slice(-4000);
    });
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("exit", (code) => fail(`ended with ${code}`));
  });
}
