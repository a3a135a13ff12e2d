import { fstatSync, mkdirSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "./command";

/** The error for an output that cannot be written, for example because a disk is full. */
export class OutputError extends Error {}

/**
 * Returns a function that writes lines to a descriptor synchronously. The function returns whether somebody still reads
 * the output. `process.stdout` is not used: loading it takes as long as the check of a small project, and output could
 * be lost at the end.
 */
export function createOutput(descriptor: 1 | 2): (text: string) => boolean {
  let isClosed = false;
  return (text) => {
    if (!isClosed) isClosed = !writeAll(descriptor, Buffer.from(`${text}\n`));
    return !isClosed;
  };
}

/**
 * Writes all bytes. Returns `false` if nobody reads the output any more: a reader such as `head` has closed the pipe,
 * or the terminal was closed. This is not an error.
 */
function writeAll(descriptor: number, bytes: Uint8Array): boolean {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as { code?: unknown };
      // An error in writing to the standard error cannot be reported anywhere.
      if (code === "EPIPE" || code === "EIO" || (descriptor === 2 && code !== "EAGAIN")) return false;
      if (code !== "EAGAIN") throw new OutputError(`The output cannot be written (${String(code)}).`);
      pauseBriefly();
    }
  }
  return true;
}

const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the thread for 20 ms. The wait is needed for a full pipe that another process has made non-blocking. */
export function pauseBriefly(): void {
  Atomics.wait(nothing, 0, 0, 20);
}

/** Returns the columns of the terminal at the standard output or the standard error. `undefined` without a terminal. */
export function terminalColumns(descriptor: 1 | 2): number | undefined {
  // `process.stdout` loads Node's streams, so it is used only if the descriptor may be a terminal.
  if (!fstatSync(descriptor).isCharacterDevice()) return undefined;
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  return stream.isTTY ? stream.columns : undefined;
}

/**
 * Returns whether to print colors, by Node's rules. FORCE_COLOR decides first (`0` and `false` turn colors off), then
 * NO_COLOR, then whether the terminal can show colors. `styleText` of `node:util` follows these rules only from Node
 * 22.13 on.
 */
export function wantsColor(variable: (name: string) => string | undefined, isTerminal: boolean): boolean {
  const forced = variable("FORCE_COLOR");
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((variable("NO_COLOR") ?? "") !== "") return false;
  return isTerminal && variable("TERM") !== "dumb";
}

/** Returns the report of an unexpected error, for the maintainers. */
export function crashReport(error: unknown, version: string): string {
  const what = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return [
    `pulumi-lyceum ${version} failed unexpectedly on Node ${process.versions.node}: ${what}`,
    // The published files of this program are bundled, so positions in them are useless without source maps.
    "Please run it again with NODE_OPTIONS=--enable-source-maps, and report these lines after removing what is secret from them.",
  ].join("\n");
}

/** Writes a file, and creates its folder. */
export function writeText(path: string, text: string): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  });
}

/**
 * Runs `write`, which writes to a path that the command line names. If the path cannot be written, throws a usage
 * error.
 */
export function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`${path} cannot be written (${String((error as { code?: unknown }).code)})`);
  }
}
