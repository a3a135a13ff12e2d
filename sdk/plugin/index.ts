/**
 * Lyceum Cloud Docker Compose executions as Pulumi resources, managed by the provider plugin.
 *
 * @packageDocumentation
 */
export type {
  AwsRegistryCredentials,
  BasicRegistryCredentials,
  ComposeExecutionArgs,
  ComposeExecutionClocks,
} from "../args";
// Types stand apart: an inline `type` would not parse with the TypeScript 3.8 that Pulumi bundles.
export type { GetExecutionArgs, GetExecutionResult } from "../functions";
export { ComposeExecution } from "./compose-execution";
export { getExecution, getExecutionOutput } from "./get-execution";
export { Provider } from "./provider";
export type { ProviderArgs } from "./provider-args";
