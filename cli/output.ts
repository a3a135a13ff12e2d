import { fstatSync, mkdirSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "./command";

/** The output cannot be written, as on a disk that is full. */
export class OutputError extends Error {}

/**
 * Writes lines to a descriptor at once. `process.stdout` would load Node's streams first, which takes as long as the check of a
 * small project, and would cut off what is not written yet when the process ends. The answer is whether somebody still reads.
 */
export function createOutput(descriptor: 1 | 2): (text: string) => boolean {
  let isClosed = false;
  return (text) => {
    if (!isClosed) isClosed = !writeAll(descriptor, Buffer.from(`${text}\n`));
    return !isClosed;
  };
}

/** Whether all of it was written: a reader that has seen enough, such as `head`, is not an error. */
function writeAll(descriptor: number, bytes: Uint8Array): boolean {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as { code?: unknown };
      // Where the standard error cannot be written, there is nowhere to report it.
      if (code === "EPIPE" || (descriptor === 2 && code !== "EAGAIN")) return false;
      if (code !== "EAGAIN") throw new OutputError(`The output cannot be written (${String(code)}).`);
      pauseBriefly();
    }
  }
  return true;
}

const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Waits 20 ms without giving up the thread: for a pipe that another process has made such that it does not wait. */
export function pauseBriefly(): void {
  Atomics.wait(nothing, 0, 0, 20);
}

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

/** An error that no command expects, as a report for its maintainers. */
export function crashReport(error: unknown, version: string): string {
  const what = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return [
    `pulumi-lyceum ${version} failed unexpectedly on Node ${process.versions.node}: ${what}`,
    // The files of the command line are bundled: without their maps, positions in them help nobody.
    "Please run it again with NODE_OPTIONS=--enable-source-maps, and report these lines after removing what is secret from them.",
  ].join("\n");
}

/** Writes a file, and the folder that it is in. */
export function writeText(path: string, text: string): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  });
}

/** Writes at a path that the command line names: what keeps it from that is an error of usage. */
export function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`${path} cannot be written (${String((error as { code?: unknown }).code)})`);
  }
}
