export { canonicalCompose, canonicalText } from "./canonical";
export { type ReadingCode, readingCatalogue, type Severity } from "./catalogue";
export type { Diagnostic } from "./diagnostic";
export { keyedDigest } from "./digest";
export { explainChange, isSecretLeaf } from "./explain";
export { type ComposeEntry, type ComposeMapping, type ComposeNode, type ComposeValue, locate } from "./model";
export { LineIndex, type Position, type Range, type Span } from "./position";
export {
  type DiagnosticParts,
  diagnosticParts,
  type PrintOptions,
  printDiagnostic,
  printDiagnostics,
  type SourceLine,
} from "./print";
export { type ComposeDocument, type ReadResult, readCompose } from "./read";
export { largestComposeText, unknownMarker } from "./text";
export {
  type AdjustableCode,
  isAdjustable,
  type RegistryAccess,
  type SeverityChoice,
  type ValidationCode,
  type ValidationOptions,
  type ValidationResult,
  validateCompose,
  validationCatalogue,
} from "./validate";
