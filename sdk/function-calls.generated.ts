// Made by tools/generate/reference.mjs from the tables in provider/schema: change a row there, then `npm run generate`.
import type * as pulumi from "@pulumi/pulumi";
import { callFunction, callFunctionOutput } from "./call-function";
import type {
  FunctionOutputArgs,
  GetAccountArgs,
  GetAccountResult,
  GetExecutionArgs,
  GetExecutionLogsArgs,
  GetExecutionLogsResult,
  GetExecutionMetricsArgs,
  GetExecutionMetricsResult,
  GetExecutionResult,
  GetExecutionTimingArgs,
  GetExecutionTimingResult,
  GetMachineTypesArgs,
  GetMachineTypesResult,
  GetStoredFileArgs,
  GetStoredFileResult,
  ListExecutionsArgs,
  ListExecutionsResult,
} from "./functions.generated";

/**
 * Reads one run by its id. A run that Lyceum does not know is an error (LYC3009). Needs the API key where the program
 * runs, at preview too. An output among the arguments goes to {@link getExecutionOutput}.
 *
 * @example
 * ```ts
 * import { getExecution } from "pulumi-lyceum";
 * export const status = getExecution({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" }).then((result) => result.status);
 * ```
 */
export function getExecution(args: GetExecutionArgs): Promise<GetExecutionResult> {
  return callFunction<GetExecutionResult>("getExecution", args);
}

/**
 * As {@link getExecution}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionOutput } from "pulumi-lyceum";
 * const job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const status = getExecutionOutput({ executionId: job.executionId }).status;
 * ```
 */
export function getExecutionOutput(args: FunctionOutputArgs<GetExecutionArgs>): pulumi.Output<GetExecutionResult> {
  return callFunctionOutput<GetExecutionResult>("getExecution", args);
}

/**
 * Lists the active runs of the account, or all runs, in the order in which Lyceum returns them. Runs of other stacks
 * and programs are included. Needs the API key where the program runs, at preview too. An output among the arguments
 * goes to {@link listExecutionsOutput}.
 *
 * @example
 * ```ts
 * import { listExecutions } from "pulumi-lyceum";
 * export const executions = listExecutions({ state: "all", since: "2026-03-01T00:00:00Z" }).then((result) => result.executions);
 * ```
 */
export function listExecutions(args: ListExecutionsArgs = {}): Promise<ListExecutionsResult> {
  return callFunction<ListExecutionsResult>("listExecutions", args);
}

/**
 * As {@link listExecutions}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { listExecutionsOutput } from "pulumi-lyceum";
 * export const executions = listExecutionsOutput({ state: "all", since: "2026-03-01T00:00:00Z" }).executions;
 * ```
 */
export function listExecutionsOutput(args: FunctionOutputArgs<ListExecutionsArgs> = {}): pulumi.Output<ListExecutionsResult> {
  return callFunctionOutput<ListExecutionsResult>("listExecutions", args);
}

/**
 * Reads the last lines that a run has written. Lyceum keeps the log for a week. If Lyceum returns no log, the lines
 * come from the record of the run. As an output, the result is secret, because a run may print a password. Needs the
 * API key where the program runs, at preview too. An output among the arguments goes to {@link getExecutionLogsOutput}.
 *
 * @example
 * ```ts
 * import { getExecutionLogs } from "pulumi-lyceum";
 * export const lines = getExecutionLogs({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90", tail: 20 }).then((result) => result.lines);
 * ```
 */
export function getExecutionLogs(args: GetExecutionLogsArgs): Promise<GetExecutionLogsResult> {
  return callFunction<GetExecutionLogsResult>("getExecutionLogs", args);
}

/**
 * As {@link getExecutionLogs}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionLogsOutput } from "pulumi-lyceum";
 * const job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const lines = getExecutionLogsOutput({ executionId: job.executionId }).lines;
 * ```
 */
export function getExecutionLogsOutput(args: FunctionOutputArgs<GetExecutionLogsArgs>): pulumi.Output<GetExecutionLogsResult> {
  return callFunctionOutput<GetExecutionLogsResult>("getExecutionLogs", args);
}

/**
 * Reads how long each phase of a run took. Needs the API key where the program runs, at preview too. An output among
 * the arguments goes to {@link getExecutionTimingOutput}.
 *
 * @example
 * ```ts
 * import { getExecutionTiming } from "pulumi-lyceum";
 * export const queued = getExecutionTiming({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" }).then((result) => result.queued);
 * ```
 */
export function getExecutionTiming(args: GetExecutionTimingArgs): Promise<GetExecutionTimingResult> {
  return callFunction<GetExecutionTimingResult>("getExecutionTiming", args);
}

/**
 * As {@link getExecutionTiming}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionTimingOutput } from "pulumi-lyceum";
 * const job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const queued = getExecutionTimingOutput({ executionId: job.executionId }).queued;
 * ```
 */
export function getExecutionTimingOutput(args: FunctionOutputArgs<GetExecutionTimingArgs>): pulumi.Output<GetExecutionTimingResult> {
  return callFunctionOutput<GetExecutionTimingResult>("getExecutionTiming", args);
}

/**
 * Reads what Lyceum measured during a run, such as `gpuUtilizationPercent` and `systemRamUsedBytes`. Needs the API key
 * where the program runs, at preview too. An output among the arguments goes to {@link getExecutionMetricsOutput}.
 *
 * @example
 * ```ts
 * import { getExecutionMetrics } from "pulumi-lyceum";
 * export const hostname = getExecutionMetrics({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90", step: "1m" }).then((result) => result.hostname);
 * ```
 */
export function getExecutionMetrics(args: GetExecutionMetricsArgs): Promise<GetExecutionMetricsResult> {
  return callFunction<GetExecutionMetricsResult>("getExecutionMetrics", args);
}

/**
 * As {@link getExecutionMetrics}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionMetricsOutput } from "pulumi-lyceum";
 * const job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const hostname = getExecutionMetricsOutput({ executionId: job.executionId }).hostname;
 * ```
 */
export function getExecutionMetricsOutput(args: FunctionOutputArgs<GetExecutionMetricsArgs>): pulumi.Output<GetExecutionMetricsResult> {
  return callFunctionOutput<GetExecutionMetricsResult>("getExecutionMetrics", args);
}

/**
 * Reads a small file of the account's bucket, such as the metrics that a run has left: text in UTF-8 of at most 1 MB. A
 * missing file is an error (LYC6006). Needs the API key where the program runs, at preview too. An output among the
 * arguments goes to {@link getStoredFileOutput}.
 *
 * @example
 * ```ts
 * import { getStoredFile } from "pulumi-lyceum";
 * export const key = getStoredFile({ key: "out/metrics.json" }).then((result) => result.key);
 * ```
 */
export function getStoredFile(args: GetStoredFileArgs = {}): Promise<GetStoredFileResult> {
  return callFunction<GetStoredFileResult>("getStoredFile", args);
}

/**
 * As {@link getStoredFile}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { getStoredFileOutput } from "pulumi-lyceum";
 * export const key = getStoredFileOutput({ key: "out/metrics.json" }).key;
 * ```
 */
export function getStoredFileOutput(args: FunctionOutputArgs<GetStoredFileArgs> = {}): pulumi.Output<GetStoredFileResult> {
  return callFunctionOutput<GetStoredFileResult>("getStoredFile", args);
}

/**
 * Lists the machines of the account with their prices: the values of `executionType`. Needs the API key where the
 * program runs, at preview too. An output among the arguments goes to {@link getMachineTypesOutput}.
 *
 * @example
 * ```ts
 * import { getMachineTypes } from "pulumi-lyceum";
 * export const machineTypes = getMachineTypes().then((result) => result.machineTypes);
 * ```
 */
export function getMachineTypes(args: GetMachineTypesArgs = {}): Promise<GetMachineTypesResult> {
  return callFunction<GetMachineTypesResult>("getMachineTypes", args);
}

/**
 * As {@link getMachineTypes}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { getMachineTypesOutput } from "pulumi-lyceum";
 * export const machineTypes = getMachineTypesOutput().machineTypes;
 * ```
 */
export function getMachineTypesOutput(args: FunctionOutputArgs<GetMachineTypesArgs> = {}): pulumi.Output<GetMachineTypesResult> {
  return callFunctionOutput<GetMachineTypesResult>("getMachineTypes", args);
}

/**
 * Reads the account of the API key. A refused API key is an error (LYC1101). Each value may be absent. Needs the API
 * key where the program runs, at preview too. An output among the arguments goes to {@link getAccountOutput}.
 *
 * @example
 * ```ts
 * import { getAccount } from "pulumi-lyceum";
 * export const userId = getAccount().then((result) => result.userId);
 * ```
 */
export function getAccount(args: GetAccountArgs = {}): Promise<GetAccountResult> {
  return callFunction<GetAccountResult>("getAccount", args);
}

/**
 * As {@link getAccount}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { getAccountOutput } from "pulumi-lyceum";
 * export const userId = getAccountOutput().userId;
 * ```
 */
export function getAccountOutput(args: FunctionOutputArgs<GetAccountArgs> = {}): pulumi.Output<GetAccountResult> {
  return callFunctionOutput<GetAccountResult>("getAccount", args);
}
