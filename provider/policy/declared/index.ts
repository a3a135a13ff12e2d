/** Executions as a program declares them, for the evaluation of a policy before anything runs. */
export { isExecutionType } from "../../schema/type-tokens";
export { IMAGE_RULES_VARIABLE, imageRules, withViolations } from "./at-update";
export { adoptsRun, argumentOf, subjectOf } from "./document";
export { asDiagnostic, declaredViolations, plaintextViolations, violationLine } from "./plaintext";
export { type ProjectFolder, stacksWithSettings } from "./project";
export { isMasked, knownText, readOr } from "./values";
