import { printable } from "../display/printable";
import { type ExecutionInputs, type ExecutionOutputs, InitFailure, redactorFor } from "../execution";
import { resourceError } from "./resource-error";
import type { Runtime } from "./runtime";

/** A create or update in its two steps. */
export interface Work {
  /** Adds what is read from files to the inputs. */
  readonly complete: () => ExecutionInputs;
  readonly work: (inputs: ExecutionInputs) => Promise<ExecutionOutputs>;
}

/** Runs create or update; a failure keeps the id of its run, and loses whatever an answer or error repeats of the inputs. */
export async function settle(
  { engine }: Runtime,
  parsed: ExecutionInputs,
  { complete, work }: Work,
): Promise<ExecutionOutputs> {
  let inputs = parsed;
  try {
    inputs = complete();
    return await work(inputs);
  } catch (error) {
    // The engine shows it, and stores reasons in clear.
    const redact = redactorFor(inputs);
    if (!(error instanceof InitFailure)) throw resourceError(error, redact);
    const { id, outputs, reasons } = error as InitFailure<ExecutionOutputs>;
    const [first, ...rest] = reasons;
    const shown = (reason: string): string => printable(redact(reason));
    throw new InitFailure(id, outputs, [shown(first), ...rest.map(shown)]);
  } finally {
    await engine.flush();
  }
}
