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
} from "./args";
export { ComposeExecution } from "./compose-execution";
// Types stand apart: an inline `type` would not parse with the TypeScript 3.8 that Pulumi bundles.
export type { GetExecutionArgs, GetExecutionResult } from "./functions";
export { getExecution, getExecutionOutput } from "./get-execution";
