import { isError } from "../automation";

/** The largest number of tries. A new try may fail too, if another command releases a further lock during it. */
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
 * Returns whether the Pulumi CLI failed because a lock no longer exists. If the CLI could not create a stack, its error
 * message names the lock. If an update failed, most of the error message depends on the storage of the state, such as
 * S3 or a local folder. Only two lines are always the same, so only these are compared.
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
