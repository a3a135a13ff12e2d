import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/**
 * Writes bytes to a file that does not exist yet. Creates the file before it reads the first byte. Otherwise, if
 * reading the bytes failed, the stream could create the file after the caller has removed it.
 *
 * @param bytes a generator, which waits for its reader. A flowing stream would lose bytes until the file is open.
 */
export async function writeNewFile(file: string, bytes: AsyncGenerator<Uint8Array>): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  await pipeline(bytes, handle.createWriteStream({ highWaterMark: 1024 * 1024 }));
}
