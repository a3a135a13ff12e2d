/** Executions as a program declares them: what a policy is evaluated on before anything runs. */
export { asDiagnostic, plaintextInFiles, plaintextViolation, plaintextViolations, violationLine } from "./diagnostics";
export { PLAINTEXT } from "./document";
export { isExecutionType } from "./execution-type";
export { knownText } from "./known-text";
export type { ProjectFolder } from "./place";
export { adoptsRun, subjectOf } from "./subject";
