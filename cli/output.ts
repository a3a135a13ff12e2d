import { writeSync } from "node:fs";
import { pauseBriefly } from "./pause";

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
