import { closeSync, openSync } from "node:fs";

/**
 * Whether the process has a controlling terminal, which it shares with the command that started it: then a person watches. Its own
 * standard output is a pipe to the engine in any case.
 */
export function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
