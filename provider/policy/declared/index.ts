/** The public entry point for reading executions as a program declares them, before a run starts. */
export { isExecutionType } from "../../schema/type-tokens";
export { IMAGE_RULES_VARIABLE, imageRules, uploadViolation, withViolations } from "./at-update";
export { adoptsRun, argumentOf, subjectOf } from "./document";
export { asDiagnostic, declaredViolations, plaintextViolations, violationLine } from "./plaintext";
export { PROJECT_FILES, type ProjectFolder, stacksWithSettings } from "./project";
export { type DeclaredProvider, mayUseOtherAccount, type OwnAccount, PROVIDER_TYPE } from "./provider-account";
export { isMasked, knownText, readOr } from "./values";
