import { lifecycleErrors, unlessCancelled } from "../execution";
import type { LyceumPort } from "../lyceum/port";
import { type CheckFailure, type FunctionName, readFunctionArguments } from "../schema";
import { getAccount, getMachineTypes } from "./account";
import { getExecutionLogs } from "./get-execution-logs";
import { listExecutions } from "./list-executions";
import { getExecution, getExecutionMetrics, getExecutionTiming } from "./one-run";
import type { Query } from "./query";

/** The query behind each function of the package. */
const QUERIES: { readonly [Name in FunctionName]: Query<Name> } = {
  getExecution,
  listExecutions,
  getExecutionLogs,
  getExecutionTiming,
  getExecutionMetrics,
  getMachineTypes,
  getAccount,
};

/** What a function answers, or what is wrong with its arguments. */
export type Answer =
  | { readonly kind: "result"; readonly result: Readonly<Record<string, unknown>> }
  | { readonly kind: "failures"; readonly failures: readonly CheckFailure[] };

/**
 * Answers a call of a function, for any host. All errors of its arguments are reported together, with their code.
 *
 * @param client made only when the arguments are valid: without an API key they are still checked
 * @param signal fires when the caller no longer waits
 */
export async function answerFunction(
  name: FunctionName,
  given: Readonly<Record<string, unknown>>,
  client: () => LyceumPort,
  signal?: AbortSignal,
): Promise<Answer> {
  const read = readFunctionArguments(name, given);
  if (read.kind === "failures") {
    const failures = read.failures.map(({ property, reason }) => ({
      property,
      reason: `LYC4010: ${property} ${reason}.`,
    }));
    return { kind: "failures", failures };
  }
  const query = QUERIES[name] as Query<FunctionName>;
  const { executionId } = read.values as { readonly executionId?: string };
  const result = await unlessCancelled(
    signal,
    () => query(client(), read.values as never, signal),
    () => lifecycleErrors.cancelledRead(executionId),
  );
  return { kind: "result", result: { ...result } };
}
