import type { WrittenFile } from "../bucket/store/object";
import { BUCKET_MOUNT_PATH } from "../engines/engine";
import { createdAt, endedAt } from "./execution";
import type { StoredRun } from "./execution-store";

/** The period in which a run writes files, in milliseconds since 1970. */
export interface WritingTime {
  readonly from: number;
  readonly to: number;
}

/** Most file systems round the time of a file down to a step of at most this many milliseconds. */
const TIME_STEP = 10;

/** Returns the period in which a run writes files. @param now the end of the period for an active run */
export function writingTime({ execution }: StoredRun, now: number): WritingTime {
  return { from: createdAt(execution) - TIME_STEP, to: endedAt(execution) ?? now };
}

/** Returns whether a run mounts the bucket. */
export function hasBucket({ body }: StoredRun): boolean {
  return body.enable_s3_mount === true;
}

/**
 * Returns a function that decides whether a run has written a file. The function receives only files from the time of
 * the run. A file is not from the run if only the Compose texts of other active runs name the file or a folder above it
 * (`/mnt/s3/KEY`).
 */
export function ownerTest(run: StoredRun, all: readonly StoredRun[], now: number): (file: WrittenFile) => boolean {
  const own = namedKeys(run);
  const { from, to } = writingTime(run, now);
  const others = all
    .filter((other) => other !== run && hasBucket(other))
    .map((other) => ({ time: writingTime(other, now), names: namedKeys(other) }))
    .filter(({ time }) => time.from <= to && time.to >= from);
  return ({ key, modified }) =>
    contains(own, key) ||
    !others.some(({ time, names }) => time.from <= modified && modified <= time.to && contains(names, key));
}

/** Returns the keys of files and folders in the bucket that the text of a run names. */
function namedKeys({ body }: StoredRun): readonly string[] {
  const text = typeof body.compose_file_code === "string" ? body.compose_file_code : "";
  const paths = text.match(new RegExp(`${BUCKET_MOUNT_PATH}/[^\\s"':,\\]}]+`, "g")) ?? [];
  return [...new Set(paths.map((path) => path.slice(BUCKET_MOUNT_PATH.length + 1).replace(/\/+$/, "")))];
}

function contains(names: readonly string[], key: string): boolean {
  return names.some((name) => key === name || key.startsWith(`${name}/`));
}
