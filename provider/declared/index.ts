/** Executions as a program declares them: what a policy is evaluated on before anything runs. */
export { isExecutionType } from "../pulumi/type-tokens";
export { asDiagnostic, declaredViolations, violationLine } from "./diagnostics";
export { knownText, readOr } from "./known-text";
export { plaintextViolations } from "./plaintext";
export type { ProjectFolder } from "./project";
export { adoptsRun, subjectOf } from "./subject";
