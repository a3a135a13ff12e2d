/**
 * Lyceum Cloud Docker Compose executions as Pulumi resources, managed by the provider plugin.
 *
 * @packageDocumentation
 */
export * from "../args.generated";
export * from "../enums.generated";
export * from "../functions.generated";
export { ComposeExecution } from "./compose-execution";
export * from "./function-calls.generated";
export { Provider } from "./provider";
export * from "./provider-args.generated";
export { StoredFiles } from "./stored-files";
