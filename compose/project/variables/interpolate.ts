import type { DiagnosticDetails } from "../../diagnostics/diagnostic";
import { type ComposePath, formatPath, printableKey, type Span } from "../../diagnostics/position";
import { escapeDollars, needsVariable, setRequired, setVariable } from "../../model/interpolation";
import { isWorkloadSection, keysWith } from "../../model/keys";
import type { ComposeNode } from "../../model/model";
import { PatternTable } from "../../model/patterns";
import { mayBeFloat, TEXT_TYPES, textTypeAt, valueOfText, wholeFloat } from "../../model/typed-texts";
import { convertedDate } from "../../yaml/structure";
import { UNKNOWN_MARKER } from "../../yaml/text";
import type { ProjectCode } from "../catalogue";
import type { ProjectDiagnostics } from "../diagnostics";
import { mapItems, mapValues, type ScalarNode, textOf } from "../nodes";
import { substitute, type TemplateError, type VariableLookup } from "./template";

/**
 * The paths of the values in mappings of variables and labels. Compose converts a date in these mappings to a text. The
 * merge rules name most of the mappings. The others are listed here.
 */
const pairs = new PatternTable<true>(
  [
    ...keysWith("merge").flatMap(([pattern, kind]) => (kind === "keyValues" ? pattern : [])),
    ...["post_start.[]", "pre_stop.[]", "pre_start.[]", "develop.watch.[].exec"].map(
      (hook) => `services.*.${hook}.environment`,
    ),
    ...["labels", "annotations", "sysctls"].map((key) => `services.*.pre_start.[].${key}`),
    "configs.*.labels",
    "secrets.*.labels",
  ].map((pattern) => [`${pattern}.*`, true] as const),
);

/**
 * Replaces the variables in the values of a tree, but not in keys. Dollar signs in the result are doubled, so that
 * Compose reads the same text from the result. A text that Compose reads as a number or boolean is converted.
 */
export function interpolate(root: ComposeNode, lookup: VariableLookup, collector: ProjectDiagnostics): ComposeNode {
  const walk = (node: ComposeNode, path: ComposePath): ComposeNode => {
    if (node.kind === "mapping") return mapValues(node, (value, key) => walk(value, [...path, key]));
    if (node.kind === "sequence") return mapItems(node, (item, index) => walk(item, [...path, index]));
    const text = textOf(node);
    if (text === undefined) return node;
    // In `pairs`, `*` also matches an item of a list. But Compose does not convert dates in lists.
    const isPair = typeof path.at(-1) === "string" && pairs.at(path) === true;
    const date = isPair ? convertedDate(node) : undefined;
    if (date === undefined) return scalar(node, text, path, lookup, collector);
    const { message, remedy, text: value } = date;
    collector.add("LYC2113", `${formatPath(path)} ${message}`, { span: node.span, path, remedy });
    return { ...node, value, style: "quoted", weight: node.weight + value.length - text.length };
  };
  return walk(root, []);
}

function scalar(
  node: ScalarNode,
  text: string,
  path: ComposePath,
  lookup: VariableLookup,
  collector: ProjectDiagnostics,
): ComposeNode {
  const put = substitute(text, lookup);
  const secret = put.secret ? { secret: true } : {};
  for (const error of put.errors) reportError(error, node, text, path, collector);
  if (put.ofMachine && !isReadHere(path)) {
    const message = `${formatPath(path)} holds the variable PWD, the path of the project folder on this machine`;
    collector.add("LYC2313", message, { span: node.span, path, about: "PWD" });
  }
  if (put.text.length > text.length && !collector.grow(put.text.length - text.length, { span: node.span, path })) {
    return { ...node, value: UNKNOWN_MARKER };
  }
  const failed = put.errors.some(({ kind }) => kind !== "unset");
  const kind = failed || put.text.includes(UNKNOWN_MARKER) ? undefined : textTypeAt(path);
  const unset = put.errors.flatMap((found) => (found.kind === "unset" ? found.name : []));
  if (kind === undefined) {
    const value = escapeDollars(put.text);
    if (value === text) return node;
    const lacks = put.errors.some(({ kind }) => kind === "required") ? { lacksRequired: true as const } : {};
    const facts = { ...secret, ...(unset.length === 0 ? {} : { unset }), ...lacks };
    // The value of a variable stays a text, even if it looks like a number.
    return { ...node, value, style: "quoted", weight: node.weight + value.length - text.length, ...facts };
  }
  // For a key with a whole number, Compose also accepts the float `1e6`, but not the text `"1e6"`.
  const isRead = kind === "integer" && node.number !== undefined && mayBeFloat(path);
  const whole = isRead ? wholeFloat(text) : undefined;
  const value = whole ?? valueOfText(put.text, kind);
  if (value === undefined) {
    const { message, remedy } = unset[0] === undefined ? TEXT_TYPES[kind] : needsVariable(unset[0]);
    collector.add("LYC2112", `${formatPath(path)} ${message}`, { span: node.span, path, remedy });
  }
  // The marker for unknown values replaces a wrong value. Because unknown values are not validated, no second
  // diagnostic follows.
  return { ...node, value: value ?? UNKNOWN_MARKER, style: "plain", ...secret };
}

/**
 * Whether only this machine reads the value at a path: a value that names a file or folder of this machine, or belongs
 * to `build` or `develop`. Elsewhere, a value with the variable `PWD` causes a warning, because the folder does not
 * exist on the machine of the run.
 */
function isReadHere([section, , key, , below]: ComposePath): boolean {
  if (section === "include") return true;
  if (section === "configs" || section === "secrets") return key === "file";
  if (!isWorkloadSection(section)) return false;
  if (key === "volumes") return below === undefined || below === "source";
  return key === "build" || key === "develop" || key === "env_file" || key === "label_file" || key === "extends";
}

function reportError(
  error: TemplateError,
  node: ScalarNode,
  text: string,
  path: ComposePath,
  collector: ProjectDiagnostics,
): void {
  // If the limit of diagnostics is reached, the exact position is not needed. Finding it would take linear time.
  const isFull = collector.isFullFor(error.kind === "unset" ? "LYC2308" : "LYC2309");
  const span = isFull ? node.span : spanIn(node.span, text.slice(error.start, error.end), collector);
  const add = (code: ProjectCode, message: string, details: DiagnosticDetails = {}) =>
    collector.add(code, `${formatPath(path)} ${message}`, { span, path, ...details });
  if (error.kind === "broken") add("LYC2310", "holds a variable that is not closed or has no name");
  else if (error.kind === "large") add("LYC2502", "grows too large with its variables");
  else if (error.kind === "required") add("LYC2309", ...requiredVariable(error.name));
  else {
    const { name } = error;
    const remedy = setVariable(name);
    add("LYC2308", `holds the variable ${printableKey(name)}, which is not set`, { remedy, about: name });
  }
}

/**
 * Returns the message and the remedy for a required variable that is not set. In a sentence, the message follows the
 * path of the value.
 */
export function requiredVariable(name: string): [message: string, details: { readonly remedy: string }] {
  return [needsVariable(name).message, { remedy: setRequired(name) }];
}

/**
 * Returns the position of a part of a value. If folding or escapes have changed this part, returns the position of the
 * whole value.
 */
function spanIn(span: Span, piece: string, collector: ProjectDiagnostics): Span {
  const at = collector.sources.slice(span).indexOf(piece);
  return at === -1 ? span : { start: span.start + at, end: span.start + at + piece.length };
}
