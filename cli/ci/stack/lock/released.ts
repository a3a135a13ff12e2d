import { isError } from "../automation";

/** The largest number of tries, each of which meets a lock that is just released. */
const MOST_TRIES = 5;

/**
 * Runs a command of the Pulumi CLI again if it met a lock at the moment at which another command released it. Without
 * Pulumi Cloud, the CLI lists the locks of a stack and then reads each. If a lock is gone by then, the CLI fails before
 * it does anything.
 *
 * @param hasBegun whether the command has already done something; it is then not run again
 */
export async function pastReleasedLock<Result>(
  work: () => Promise<Result>,
  hasBegun: () => boolean = () => false,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === MOST_TRIES || hasBegun() || !isOfReleasedLock(error)) throw error;
    }
  }
}

/**
 * Whether an error of the Pulumi CLI says that a lock is gone. The creation of a stack names the lock. An update names
 * it only if the state is in a folder, so its last line decides, which is the same for every kind of bucket.
 */
export function isOfReleasedLock(error: unknown): error is Error {
  if (!isError(error, "CommandError")) return false;
  const isOf = (line: RegExp) => line.test(error.message);
  return (
    isOf(
      /^[ \t]*(?:stderr: )?error: could not create stack: blob \(key "\.pulumi\/locks\/[^"]+"\) \(code=NotFound\)/m,
    ) ||
    (isOf(/^[ \t]*(?:stderr: )?error: 2 errors occurred:$/m) && isOf(/^[ \t]*2\) NotFound$/m))
  );
}
