import { printable } from "../display/printable";
import { LifecycleError } from "../execution";
import { LyceumError } from "../lyceum/errors";

/** An error as a user may see it: its message is the whole sentence with its code, printable and without secrets. */
export class ResourceError extends Error {
  /**
   * @param trace stack of the error that led to it, without secrets
   */
  constructor(
    readonly code: string,
    message: string,
    readonly trace: string,
  ) {
    super(message);
    this.name = "ResourceError";
  }
}

/** Runs one operation; whatever it throws becomes a user's error, without what is secret by then. */
export async function withResourceErrors<T>(work: () => Promise<T>, redact?: (text: string) => string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw resourceError(error, redact);
  }
}

/** Any error as a user's. */
export function resourceError(error: unknown, redact: (text: string) => string = (text) => text): ResourceError {
  if (error instanceof ResourceError) return error;
  const { code, message } = describe(error);
  const trace = printable(redact((error instanceof Error ? error.stack : undefined) ?? String(error)));
  return new ResourceError(code, printable(redact(message)), trace);
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (LyceumError.isInstance(error)) return { code: error.code, message: `${error.code}: ${error.message}` };
  if (error instanceof LifecycleError) return { code: error.code, message: error.message };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: "LYC3999",
    message: `LYC3999: Internal error of pulumi-lyceum (${text}). Please report it with the output of the same command under LYCEUM_DEBUG=1.`,
  };
}
