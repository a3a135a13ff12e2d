// Made by tools/generate/reference.mjs from the tables in provider/schema: change a row there, then `npm run generate`.
import * as pulumi from "@pulumi/pulumi";
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
} from "../functions.generated";

/**
 * Reads one run by its id. A run that Lyceum does not know is an error (LYC3009). Asks the plugin, with the settings of
 * its provider. An output among the arguments goes to {@link getExecutionOutput}.
 *
 * @example
 * ```ts
 * import { getExecution } from "pulumi-lyceum/plugin";
 * export const status = getExecution({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" }).then((result) => result.status);
 * ```
 */
export function getExecution(args: GetExecutionArgs, opts: pulumi.InvokeOptions = {}): Promise<GetExecutionResult> {
  return pulumi.runtime.invoke("lyceum:index:getExecution", { ...args }, opts);
}

/**
 * As {@link getExecution}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionOutput } from "pulumi-lyceum/plugin";
 * const job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const status = getExecutionOutput({ executionId: job.executionId }).status;
 * ```
 */
export function getExecutionOutput(args: FunctionOutputArgs<GetExecutionArgs>, opts: pulumi.InvokeOutputOptions = {}): pulumi.Output<GetExecutionResult> {
  return pulumi.runtime.invokeOutput("lyceum:index:getExecution", { ...args }, opts);
}

/**
 * Lists the active runs of the account, or all runs, in the order in which Lyceum returns them. Runs of other stacks
 * and programs are included. Asks the plugin, with the settings of its provider. An output among the arguments goes to
 * {@link listExecutionsOutput}.
 *
 * @example
 * ```ts
 * import { listExecutions } from "pulumi-lyceum/plugin";
 * export const executions = listExecutions({ state: "all", since: "2026-03-01T00:00:00Z" }).then((result) => result.executions);
 * ```
 */
export function listExecutions(args: ListExecutionsArgs = {}, opts: pulumi.InvokeOptions = {}): Promise<ListExecutionsResult> {
  return pulumi.runtime.invoke("lyceum:index:listExecutions", { ...args }, opts);
}

/**
 * As {@link listExecutions}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { listExecutionsOutput } from "pulumi-lyceum/plugin";
 * export const executions = listExecutionsOutput({ state: "all", since: "2026-03-01T00:00:00Z" }).executions;
 * ```
 */
export function listExecutionsOutput(args: FunctionOutputArgs<ListExecutionsArgs> = {}, opts: pulumi.InvokeOutputOptions = {}): pulumi.Output<ListExecutionsResult> {
  return pulumi.runtime.invokeOutput("lyceum:index:listExecutions", { ...args }, opts);
}

/**
 * Reads the last lines that a run has written. Lyceum keeps the log for a week. If Lyceum returns no log, the lines
 * come from the record of the run. As an output, the result is secret, because a run may print a password. Asks the
 * plugin, with the settings of its provider. An output among the arguments goes to {@link getExecutionLogsOutput}.
 *
 * @example
 * ```ts
 * import { getExecutionLogs } from "pulumi-lyceum/plugin";
 * export const lines = getExecutionLogs({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90", tail: 20 }).then((result) => result.lines);
 * ```
 */
export function getExecutionLogs(args: GetExecutionLogsArgs, opts: pulumi.InvokeOptions = {}): Promise<GetExecutionLogsResult> {
  return pulumi.runtime.invoke("lyceum:index:getExecutionLogs", { ...args }, opts);
}

/**
 * As {@link getExecutionLogs}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionLogsOutput } from "pulumi-lyceum/plugin";
 * const job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const lines = getExecutionLogsOutput({ executionId: job.executionId }).lines;
 * ```
 */
export function getExecutionLogsOutput(args: FunctionOutputArgs<GetExecutionLogsArgs>, opts: pulumi.InvokeOutputOptions = {}): pulumi.Output<GetExecutionLogsResult> {
  return pulumi.runtime.invokeOutput("lyceum:index:getExecutionLogs", { ...args }, opts);
}

/**
 * Reads how long each phase of a run took. Asks the plugin, with the settings of its provider. An output among the
 * arguments goes to {@link getExecutionTimingOutput}.
 *
 * @example
 * ```ts
 * import { getExecutionTiming } from "pulumi-lyceum/plugin";
 * export const queued = getExecutionTiming({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" }).then((result) => result.queued);
 * ```
 */
export function getExecutionTiming(args: GetExecutionTimingArgs, opts: pulumi.InvokeOptions = {}): Promise<GetExecutionTimingResult> {
  return pulumi.runtime.invoke("lyceum:index:getExecutionTiming", { ...args }, opts);
}

/**
 * As {@link getExecutionTiming}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionTimingOutput } from "pulumi-lyceum/plugin";
 * const job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const queued = getExecutionTimingOutput({ executionId: job.executionId }).queued;
 * ```
 */
export function getExecutionTimingOutput(args: FunctionOutputArgs<GetExecutionTimingArgs>, opts: pulumi.InvokeOutputOptions = {}): pulumi.Output<GetExecutionTimingResult> {
  return pulumi.runtime.invokeOutput("lyceum:index:getExecutionTiming", { ...args }, opts);
}

/**
 * Reads what Lyceum measured during a run, such as `gpuUtilizationPercent` and `systemRamUsedBytes`. Asks the plugin,
 * with the settings of its provider. An output among the arguments goes to {@link getExecutionMetricsOutput}.
 *
 * @example
 * ```ts
 * import { getExecutionMetrics } from "pulumi-lyceum/plugin";
 * export const hostname = getExecutionMetrics({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90", step: "1m" }).then((result) => result.hostname);
 * ```
 */
export function getExecutionMetrics(args: GetExecutionMetricsArgs, opts: pulumi.InvokeOptions = {}): Promise<GetExecutionMetricsResult> {
  return pulumi.runtime.invoke("lyceum:index:getExecutionMetrics", { ...args }, opts);
}

/**
 * As {@link getExecutionMetrics}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionMetricsOutput } from "pulumi-lyceum/plugin";
 * const job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const hostname = getExecutionMetricsOutput({ executionId: job.executionId }).hostname;
 * ```
 */
export function getExecutionMetricsOutput(args: FunctionOutputArgs<GetExecutionMetricsArgs>, opts: pulumi.InvokeOutputOptions = {}): pulumi.Output<GetExecutionMetricsResult> {
  return pulumi.runtime.invokeOutput("lyceum:index:getExecutionMetrics", { ...args }, opts);
}

/**
 * Reads a small file of the account's bucket, such as the metrics that a run has left: text in UTF-8 of at most 1 MB. A
 * missing file is an error (LYC6006). Asks the plugin, with the settings of its provider. An output among the arguments
 * goes to {@link getStoredFileOutput}.
 *
 * @example
 * ```ts
 * import { getStoredFile } from "pulumi-lyceum/plugin";
 * export const key = getStoredFile({ key: "out/metrics.json" }).then((result) => result.key);
 * ```
 */
export function getStoredFile(args: GetStoredFileArgs = {}, opts: pulumi.InvokeOptions = {}): Promise<GetStoredFileResult> {
  return pulumi.runtime.invoke("lyceum:index:getStoredFile", { ...args }, opts);
}

/**
 * As {@link getStoredFile}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { getStoredFileOutput } from "pulumi-lyceum/plugin";
 * export const key = getStoredFileOutput({ key: "out/metrics.json" }).key;
 * ```
 */
export function getStoredFileOutput(args: FunctionOutputArgs<GetStoredFileArgs> = {}, opts: pulumi.InvokeOutputOptions = {}): pulumi.Output<GetStoredFileResult> {
  return pulumi.runtime.invokeOutput("lyceum:index:getStoredFile", { ...args }, opts);
}

/**
 * Lists the machines of the account with their prices: the values of `executionType`. Asks the plugin, with the
 * settings of its provider. An output among the arguments goes to {@link getMachineTypesOutput}.
 *
 * @example
 * ```ts
 * import { getMachineTypes } from "pulumi-lyceum/plugin";
 * export const machineTypes = getMachineTypes().then((result) => result.machineTypes);
 * ```
 */
export function getMachineTypes(args: GetMachineTypesArgs = {}, opts: pulumi.InvokeOptions = {}): Promise<GetMachineTypesResult> {
  return pulumi.runtime.invoke("lyceum:index:getMachineTypes", { ...args }, opts);
}

/**
 * As {@link getMachineTypes}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { getMachineTypesOutput } from "pulumi-lyceum/plugin";
 * export const machineTypes = getMachineTypesOutput().machineTypes;
 * ```
 */
export function getMachineTypesOutput(args: FunctionOutputArgs<GetMachineTypesArgs> = {}, opts: pulumi.InvokeOutputOptions = {}): pulumi.Output<GetMachineTypesResult> {
  return pulumi.runtime.invokeOutput("lyceum:index:getMachineTypes", { ...args }, opts);
}

/**
 * Reads the account of the API key. A refused API key is an error (LYC1101). Each value may be absent. Asks the plugin,
 * with the settings of its provider. An output among the arguments goes to {@link getAccountOutput}.
 *
 * @example
 * ```ts
 * import { getAccount } from "pulumi-lyceum/plugin";
 * export const userId = getAccount().then((result) => result.userId);
 * ```
 */
export function getAccount(args: GetAccountArgs = {}, opts: pulumi.InvokeOptions = {}): Promise<GetAccountResult> {
  return pulumi.runtime.invoke("lyceum:index:getAccount", { ...args }, opts);
}

/**
 * As {@link getAccount}, for arguments that are outputs; an unknown one at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { getAccountOutput } from "pulumi-lyceum/plugin";
 * export const userId = getAccountOutput().userId;
 * ```
 */
export function getAccountOutput(args: FunctionOutputArgs<GetAccountArgs> = {}, opts: pulumi.InvokeOutputOptions = {}): pulumi.Output<GetAccountResult> {
  return pulumi.runtime.invokeOutput("lyceum:index:getAccount", { ...args }, opts);
}
