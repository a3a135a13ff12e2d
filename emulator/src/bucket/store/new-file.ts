import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/**
 * Writes bytes to a file that does not exist yet. The file is open before the first byte is read. A stream that opens
 * the file by itself could create it late: after reading has failed and the caller has removed the file.
 *
 * @param bytes a generator, because it waits until somebody reads. Other sources could lose bytes until the file is
 * open.
 */
export async function writeNewFile(file: string, bytes: AsyncGenerator<Uint8Array>): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  await pipeline(bytes, handle.createWriteStream({ highWaterMark: 1024 * 1024 }));
}
