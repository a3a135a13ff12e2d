import { writeSync } from "node:fs";
import { pauseBriefly } from "./pause";

/**
 * Writes lines to a descriptor at once. `process.stdout` would load Node's streams first, which takes as long as the check of a
 * small project, and would cut off what is not written yet when the process ends.
 */
export function createOutput(descriptor: 1 | 2): (text: string) => void {
  let isClosed = false;
  return (text) => {
    if (!isClosed) isClosed = !writeAll(descriptor, Buffer.from(`${text}\n`));
  };
}

/** Whether all of it was written: a reader that has seen enough, such as `head`, is not an error. */
function writeAll(descriptor: number, bytes: Uint8Array): boolean {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN") throw error;
      pauseBriefly();
    }
  }
  return true;
}
