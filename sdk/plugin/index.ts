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
export { ComposeExecution } from "./compose-execution";
export { Provider, type ProviderArgs } from "./provider";
