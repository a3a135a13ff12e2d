export { canonicalCompose, canonicalText } from "./canonical/canonical";
export { explainChange, isSecretLeaf } from "./canonical/explain";
export { READING_CATALOGUE, type ReadingCode, type Severity } from "./diagnostics/catalogue";
export type { Diagnostic } from "./diagnostics/diagnostic";
export {
  type ComposePath,
  formatPath,
  LineIndex,
  LONGEST_SHOWN_KEY,
  type Position,
  type Range,
  type Span,
} from "./diagnostics/position";
export {
  type DiagnosticParts,
  diagnosticParts,
  type PrintOptions,
  printDiagnostic,
  printDiagnostics,
  type SourceLine,
} from "./diagnostics/print";
export { type ComposeEntry, type ComposeMapping, type ComposeNode, type ComposeValue, locate } from "./model/model";
export { secretNamesOf } from "./model/secret-context";
export { imageError, readImageReference } from "./short-forms/images";
export {
  isAdjustable,
  type SeverityChoice,
  VALIDATION_CATALOGUE,
  type ValidationCode,
  type ValidationOptions,
  type ValidationResult,
  validateCompose,
} from "./validate";
export { namesIn } from "./validate/names";
export { type ComposeDocument, type ReadResult, readCompose } from "./yaml/read";
export { LARGEST_COMPOSE_TEXT, UNKNOWN_MARKER } from "./yaml/text";
export { type WrittenText, writtenTexts } from "./yaml/written-texts";
