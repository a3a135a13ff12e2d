/**
 * Lyceum Cloud Docker Compose executions as Pulumi resources.
 *
 * @packageDocumentation
 */
export type {
  AwsRegistryCredentials,
  BasicRegistryCredentials,
  ComposeExecutionArgs,
  ComposeExecutionClocks,
} from "./args.generated";
export { ComposeExecution } from "./compose-execution";
export {
  getAccount,
  getAccountOutput,
  getExecution,
  getExecutionLogs,
  getExecutionLogsOutput,
  getExecutionMetrics,
  getExecutionMetricsOutput,
  getExecutionOutput,
  getExecutionTiming,
  getExecutionTimingOutput,
  getMachineTypes,
  getMachineTypesOutput,
  listExecutions,
  listExecutionsOutput,
} from "./function-calls.generated";
// Types stand apart: an inline `type` would not parse with the TypeScript 3.8 that Pulumi bundles.
export type {
  ExecutionPhase,
  ExecutionSummary,
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
  ListExecutionsArgs,
  ListExecutionsResult,
  LogLine,
  MachineType,
  MetricSample,
} from "./functions.generated";
