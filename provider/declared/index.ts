/** Executions as a program declares them: what a policy is evaluated on before anything runs. */
export { asDiagnostic, plaintextInFiles, plaintextViolations, violationLine } from "./diagnostics";
export { type DeclaredInputs, PLAINTEXT } from "./document";
export { knownText } from "./known-text";
export type { ProjectFolder } from "./place";
export { adoptsRun, subjectOf } from "./subject";
