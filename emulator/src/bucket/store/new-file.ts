import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/**
 * Writes bytes to a file that does not exist yet. Creates the file before it reads the first byte. Otherwise, if
 * reading the bytes failed, the stream could create the file after the caller has removed it.
 */
export async function writeNewFile(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  await pipeline(bytes, handle.createWriteStream({ highWaterMark: 1024 * 1024 }));
}
