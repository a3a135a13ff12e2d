import { printable } from "../../display/printable";
import { LifecycleError } from "../../execution";
import { LyceumError } from "../../lyceum/errors";

/**
 * An error as the engine shows it to a user: its message is the whole sentence with its code. The dynamic host also prints
 * `error: error.stack` on the stack's row for check, diff, read and delete; those two are kept to a pointer, since the
 * message stands on the resource's own row already.
 */
export function userError(error: unknown, redact: (text: string) => string = (text) => text): Error {
  const { code, message } = describe(error);
  const shown = new Error(printable(redact(message)));
  if (process.env.LYCEUM_DEBUG) {
    shown.stack = redact((error instanceof Error ? error.stack : undefined) ?? String(error));
    return shown;
  }
  shown.stack = "told on the resource's own row";
  shown.toString = () => code;
  return shown;
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (LyceumError.isInstance(error)) return { code: error.code, message: `${error.code}: ${error.message}` };
  if (error instanceof LifecycleError) return { code: error.code, message: error.message };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: "LYC3999",
    message: `LYC3999: Something broke inside pulumi-lyceum (${text}). Nothing is known to have changed. Please report it; LYCEUM_DEBUG=1 shows where.`,
  };
}

/** Runs one call of the host; whatever it throws becomes a user's error, without what is secret by then. */
export async function forUser<T>(work: () => Promise<T>, redact?: (text: string) => string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw userError(error, redact);
  }
}
