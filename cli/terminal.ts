import { fstatSync } from "node:fs";

/** Columns of the terminal that the standard output is; `undefined` where it is not one. */
export function terminalColumns(): number | undefined {
  // `process.stdout` loads Node's streams: it is only asked where there may be a terminal.
  if (!fstatSync(1).isCharacterDevice()) return undefined;
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}

/**
 * Whether to print colors, as Node itself decides it: FORCE_COLOR wins (`0` and `false` are against them), then NO_COLOR, then whether
 * there is a terminal that can show them. `styleText` of `node:util` is no help: it asks nothing of this before Node 22.13.
 */
export function wantsColor(variable: (name: string) => string | undefined, isTerminal: boolean): boolean {
  const forced = variable("FORCE_COLOR");
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((variable("NO_COLOR") ?? "") !== "") return false;
  return isTerminal && variable("TERM") !== "dumb";
}
