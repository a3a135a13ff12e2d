/**
 * Lyceum Cloud Docker Compose executions as Pulumi resources.
 *
 * @packageDocumentation
 */
export * from "./args.generated";
export { ComposeExecution } from "./compose-execution";
export * from "./enums.generated";
export * from "./function-calls.generated";
export * from "./functions.generated";
export { StoredFiles } from "./stored-files";
