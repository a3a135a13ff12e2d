import { resourceError } from "../../resource";

/**
 * An error as the engine shows it to a user. The dynamic host also prints `error: error.stack` on the stack's row for check,
 * diff, read and delete; those two are kept to a pointer, since the message stands on the resource's own row already.
 */
export function userError(error: unknown): Error {
  const { code, message, trace } = resourceError(error);
  const shown = new Error(message);
  if (process.env.LYCEUM_DEBUG) {
    shown.stack = trace;
    return shown;
  }
  shown.stack = "see the row of the resource";
  shown.toString = () => code;
  return shown;
}

/** Runs one call of the host; whatever it throws becomes a user's error. */
export async function forUser<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw userError(error);
  }
}
