import { isError } from "../automation";

/** The largest number of times that a command runs. During each run, another lock may be released. */
const MOST_TRIES = 5;

/**
 * Runs a command of the Pulumi CLI again if it failed because another command released a lock. Without Pulumi Cloud,
 * the CLI lists the locks of a stack and then reads each lock. If a lock is gone by then, the CLI fails before it does
 * anything.
 *
 * @param hasBegun returns whether the command has already done something. If so, the command is not run again
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
 * Returns whether the Pulumi CLI failed because a lock no longer exists. If the CLI could not create a stack, its
 * message names the lock. After a failed update, only the lines `2 errors occurred` and `2) NotFound` are the same for
 * every storage of the state.
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
