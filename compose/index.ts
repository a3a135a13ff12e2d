import { checked } from "./arguments";
import * as canonical from "./canonical/canonical";
import * as explain from "./canonical/explain";
import * as position from "./diagnostics/position";
import * as print from "./diagnostics/print";
import * as edits from "./edits";
import * as loading from "./loading";
import * as model from "./model/model";
import * as secretContext from "./model/secret-context";
import * as images from "./short-forms/images";
import * as validation from "./validate";
import * as names from "./validate/names";
import * as reading from "./yaml/read";
import * as written from "./yaml/written-texts";

export { READING_CATALOGUE, type ReadingCode, type Severity } from "./diagnostics/catalogue";
export type { Diagnostic, Edit } from "./diagnostics/diagnostic";
export {
  type ComposePath,
  LineIndex,
  LONGEST_SHOWN_KEY,
  type Position,
  type Range,
  type Span,
} from "./diagnostics/position";
export type { DiagnosticParts, PrintOptions, SourceLine } from "./diagnostics/print";
export type { FixedTexts } from "./edits";
export type * from "./loading";
export type { ComposeEntry, ComposeMapping, ComposeNode, ComposeValue } from "./model/model";
export type { SeverityChoice, ValidationCode, ValidationOptions, ValidationResult } from "./validate";
export { VALIDATION_CATALOGUE } from "./validate";
export type { ComposeDocument, ReadResult } from "./yaml/read";
export { LARGEST_COMPOSE_TEXT, UNKNOWN_MARKER } from "./yaml/text";
export type { WrittenText } from "./yaml/written-texts";

// Each function checks its arguments. A bundler leaves out the functions that a program does not use.
export const applyEdits = /* @__PURE__ */ checked("applyEdits", edits.applyEdits);
export const canonicalCompose = /* @__PURE__ */ checked("canonicalCompose", canonical.canonicalCompose);
export const canonicalText = /* @__PURE__ */ checked("canonicalText", canonical.canonicalText);
export const diagnosticParts = /* @__PURE__ */ checked("diagnosticParts", print.diagnosticParts);
export const explainChange = /* @__PURE__ */ checked("explainChange", explain.explainChange);
export const fixTexts = /* @__PURE__ */ checked("fixTexts", edits.fixTexts);
export const formatPath = /* @__PURE__ */ checked("formatPath", position.formatPath);
export const imageError = /* @__PURE__ */ checked("imageError", images.imageError);
export const isAdjustable = /* @__PURE__ */ checked("isAdjustable", validation.isAdjustable);
export const isSecretLeaf = /* @__PURE__ */ checked("isSecretLeaf", explain.isSecretLeaf);
export const loadProject = /* @__PURE__ */ checked("loadProject", loading.loadProject);
export const locate = /* @__PURE__ */ checked("locate", model.locate);
export const memoryFiles = /* @__PURE__ */ checked("memoryFiles", loading.memoryFiles);
export const namesIn = /* @__PURE__ */ checked("namesIn", names.namesIn);
export const printDiagnostic = /* @__PURE__ */ checked("printDiagnostic", print.printDiagnostic);
export const printDiagnostics = /* @__PURE__ */ checked("printDiagnostics", print.printDiagnostics);
export const readCompose = /* @__PURE__ */ checked("readCompose", reading.readCompose);
export const readImageReference = /* @__PURE__ */ checked("readImageReference", images.readImageReference);
export const secretNamesOf = /* @__PURE__ */ checked("secretNamesOf", secretContext.secretNamesOf);
export const validateCompose = /* @__PURE__ */ checked("validateCompose", validation.validateCompose);
export const writtenTexts = /* @__PURE__ */ checked("writtenTexts", written.writtenTexts);
