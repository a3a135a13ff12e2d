import { type Bucket, bucketOf, type StoredFile } from "../../provider/storage";
import type { Surface } from "../command";
import { type RunService, withService } from "../runs/service";

/** The objects that the commands about files use. */
export interface FileService extends Pick<RunService, "now" | "print"> {
  readonly printError: (text: string) => void;
  readonly bucket: Bucket;
  readonly signal: AbortSignal;
}

/**
 * Runs work that needs the account's bucket. If the bucket returns an error, prints the error and returns exit code 2.
 */
export function withBucket(surface: Surface, work: (service: FileService) => Promise<number>): Promise<number> {
  return withService(
    surface,
    async ({ client, stopped, now, print }) => {
      const bucket = bucketOf(client);
      try {
        return await work({ bucket, signal: stopped, now, print, printError: surface.printError });
      } finally {
        await bucket.close();
      }
    },
    false,
  );
}

/**
 * Returns the files that a name means in the bucket: one file, or all files below a folder. If a file and a folder have
 * the same name, only a name with a slash at its end means the folder.
 */
export async function namedFiles({ bucket, signal }: FileService, name: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of bucket.list(name, { signal })) {
    if (file.key === name) return [file];
    if (name === "" || name.endsWith("/") || file.key.startsWith(`${name}/`)) files.push(file);
  }
  return files;
}
