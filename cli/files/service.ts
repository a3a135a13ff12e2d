import { type Bucket, bucketOf, type StoredFile } from "../../provider/storage";
import type { Surface } from "../command";
import { type RunService, withService } from "../runs/service";

/** What the commands about files use. */
export interface FileService extends Pick<RunService, "now" | "print"> {
  readonly printError: (text: string) => void;
  readonly bucket: Bucket;
  readonly signal: AbortSignal;
}

/** Runs work that needs the account's bucket. An error of the bucket is printed and gives exit code 2. */
export function withBucket(surface: Surface, work: (service: FileService) => Promise<number>): Promise<number> {
  return withService(surface, async ({ client, stopped, now, print }) => {
    const bucket = bucketOf(client);
    try {
      return await work({ bucket, signal: stopped, now, print, printError: surface.printError });
    } finally {
      await bucket.close();
    }
  });
}

/**
 * The files of the bucket with a name: one file, or all below a folder. A folder with the name of a file needs a slash at
 * its end.
 */
export async function namedFiles({ bucket, signal }: FileService, name: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of bucket.list(name, { signal })) {
    if (file.key === name) return [file];
    if (name === "" || name.endsWith("/") || file.key.startsWith(`${name}/`)) files.push(file);
  }
  return files;
}
