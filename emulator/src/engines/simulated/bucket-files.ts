import {
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { BUCKET_MOUNT_PATH, type BucketMount, type EngineLine } from "../engine";
import type { SimulatedService } from "./script";

type Line = Pick<EngineLine, "stream" | "message">;

/** The largest file that a service prints, in bytes. */
const MOST_READ = 1024 * 1024;

/**
 * Returns the lines of files in the bucket. For a file that cannot be read, returns the reason as a line of `stderr`.
 */
export function linesInBucket(bucket: BucketMount | undefined, paths: readonly string[]): readonly Line[] {
  return paths.flatMap((path): readonly Line[] =>
    attempt(path, () => {
      const file = join(folderOf(bucket, path), basename(path));
      const stats = lstatSync(file);
      if (!stats.isFile() || stats.size > MOST_READ) throw new Error("it is no file of at most 1 MiB");
      const lines = readFileSync(file, "utf8").replace(/\n$/, "").split("\n");
      return lines.map((message) => ({ stream: "stdout", message }));
    }),
  );
}

/**
 * Writes files into the bucket. For a file that cannot be written, returns the reason as a line of `stderr`.
 *
 * @param now the time of the files, by the emulator's clock, in milliseconds since 1970
 */
export function writeToBucket(
  bucket: BucketMount | undefined,
  files: SimulatedService["write"],
  now: number,
): readonly Line[] {
  return Object.entries(files).flatMap(([path, content]) =>
    attempt(path, () => {
      const folder = folderOf(bucket, path, true);
      const temporary = join(folder, `.${process.pid}.writing`);
      writeFileSync(temporary, typeof content === "string" ? content : Buffer.alloc(content.bytes, "simulated\n"));
      utimesSync(temporary, now / 1000, now / 1000);
      try {
        renameSync(temporary, join(folder, basename(path)));
      } finally {
        rmSync(temporary, { force: true });
      }
      return [];
    }),
  );
}

/** Returns the folder of a file. Refuses a link, because a link could lead out of the bucket. */
function folderOf(bucket: BucketMount | undefined, path: string, isCreated = false): string {
  if (bucket === undefined) throw new Error("the run does not have enable_s3_mount");
  const root = realpathSync(bucket.folder);
  let folder = root;
  for (const name of dirname(path).split("/")) {
    if (name === ".") break;
    folder = join(folder, name);
    if (isCreated) mkdirSync(folder, { recursive: true });
    if (!lstatSync(folder).isDirectory()) throw new Error(`${name} is not a folder`);
  }
  return folder;
}

function attempt(path: string, action: () => readonly Line[]): readonly Line[] {
  try {
    return action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "no such file" : message;
    return [{ stream: "stderr", message: `${BUCKET_MOUNT_PATH}/${path}: ${reason}` }];
  }
}
