import { printable } from "../../display/printable";
import { LyceumError } from "../../lyceum/errors";
import { isUnclear } from "../../schema/run-id";
import { InitFailure, LifecycleError } from "../run/errors";
import { requireScope } from "../run/identity/identity";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import type { Cancellation } from "../watch/deadline";
import { manyMayListen } from "../watch/deadline";
import type { RunContext } from "./context";
import type { Runtime } from "./engine";
import { keepSecretsOut, redactorFor } from "./known-secrets";

/** An error for the user. The message is printable, begins with the error code, and contains no secrets. */
export class ResourceError extends Error {
  /** @param trace the stack trace of the original error, without secrets */
  constructor(
    readonly code: string,
    message: string,
    readonly trace: string,
  ) {
    super(message);
    this.name = "ResourceError";
  }
}

/**
 * Does an operation. If the operation fails, throws an error for the user, in which `redact` has redacted the secrets.
 */
export async function withResourceErrors<T>(work: () => Promise<T>, redact?: (text: string) => string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw resourceError(error, redact);
  }
}

/** How a create or update is carried out. */
interface Work {
  /** Adds the content of files to the inputs. */
  readonly complete: () => ExecutionInputs | Promise<ExecutionInputs>;
  /**
   * Whether the operation may adopt or start a run. Such an operation needs the scope, and the client gets the secrets
   * of the inputs before `work`. Otherwise, `work` itself passes the secrets to the client.
   */
  readonly mayStart: boolean;
  readonly work: (context: RunContext, inputs: ExecutionInputs, cancel: Cancellation) => Promise<ExecutionOutputs>;
}

/**
 * Does a create or update. Its reports appear on the row of the resource. If it fails, the error contains no secrets,
 * and has the run's id if a run exists.
 */
export async function withRunErrors(
  runtime: Runtime,
  parsed: ExecutionInputs,
  signal: AbortSignal,
  { complete, mayStart, work }: Work,
): Promise<ExecutionOutputs> {
  let inputs = parsed;
  const context: RunContext = Object.assign(runtime.context(parsed.urn), {
    redactorFor: (run: Pick<ExecutionOutputs, "streamingUrl">) => redactorFor(inputs, run),
  });
  try {
    inputs = await complete();
    if (mayStart) {
      requireScope(inputs);
      keepSecretsOut(context, inputs);
    }
    const outputs = await work(context, inputs, { signal: manyMayListen(signal), run: inputs.onInterrupt });
    await runtime.writeReport?.(context, inputs, outputs, signal);
    return outputs;
  } catch (error) {
    // The engine shows the reasons to the user and stores them unencrypted, so secrets are redacted.
    const redact = context.redactorFor({});
    if (!(error instanceof InitFailure)) throw resourceError(error, redact);
    const { id, outputs, reasons } = error as InitFailure<ExecutionOutputs>;
    // A start that got no clear answer has no known run, so there is nothing to report.
    if (!isUnclear(outputs)) await runtime.writeReport?.(context, inputs, outputs, signal);
    const [first, ...rest] = reasons;
    const shown = (reason: string): string => printable(redact(reason));
    throw new InitFailure(id, outputs, [shown(first), ...rest.map(shown)]);
  } finally {
    await runtime.engine.flush();
  }
}

/** Converts any error to an error for the user. */
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
