import { printable } from "../display/printable";
import { type Cancellation, type ExecutionInputs, type ExecutionOutputs, InitFailure, redactorFor } from "../execution";
import { resourceError } from "./resource-error";
import { manyMayListen, type Runtime } from "./runtime";
import { writeReport } from "./write-report";

/** A create or update in its two steps. */
export interface Work {
  /** Adds what is read from files to the inputs. */
  readonly complete: () => ExecutionInputs;
  readonly work: (inputs: ExecutionInputs, cancel: Cancellation) => Promise<ExecutionOutputs>;
  /** Fires when the caller no longer waits; `onInterrupt` says what then becomes of the run. */
  readonly signal: AbortSignal;
}

/** Runs create or update; a failure keeps the id of its run, and loses whatever an answer or error repeats of the inputs. */
export async function settle(
  runtime: Runtime,
  parsed: ExecutionInputs,
  { complete, work, signal }: Work,
): Promise<ExecutionOutputs> {
  let inputs = parsed;
  try {
    inputs = complete();
    const outputs = await work(inputs, { signal: manyMayListen(signal), run: inputs.onInterrupt });
    await writeReport(runtime, inputs, outputs, signal);
    return outputs;
  } catch (error) {
    // The engine shows it, and stores reasons in clear.
    const redact = redactorFor(inputs);
    if (!(error instanceof InitFailure)) throw resourceError(error, redact);
    const { id, outputs, reasons } = error as InitFailure<ExecutionOutputs>;
    await writeReport(runtime, inputs, outputs, signal);
    const [first, ...rest] = reasons;
    const shown = (reason: string): string => printable(redact(reason));
    throw new InitFailure(id, outputs, [shown(first), ...rest.map(shown)]);
  } finally {
    await runtime.engine.flush();
  }
}
