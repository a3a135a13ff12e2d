import { type ComposePath, type Span, startOf } from "../diagnostics/position";
import { type BrokenVariable, holdsVariable, type Piece, Template, type Variable } from "../model/interpolation";
import { type ComposeNode, isNull } from "../model/model";
import { mayBeFloat, wholeFloat } from "../model/typed-texts";
import { isFloat } from "../yaml/structure";
import { UNKNOWN_MARKER } from "../yaml/text";

/** A value in the document, with its key or index (`step`) and the mapping or list around it (`parent`). */
export interface Location {
  readonly node: ComposeNode;
  /** The position of the key. Absent for the document itself and for an item of a list. */
  readonly keySpan?: Span;
  readonly step?: string | number;
  readonly parent?: Location;
}

/**
 * Returns the keys and indices that lead to a location. Only diagnostics need a path, so the walk through the document
 * does not make paths.
 */
export function pathOf(location: Location): ComposePath {
  const path: (string | number)[] = [];
  for (let at: Location | undefined = location; at?.step !== undefined; at = at.parent) path.unshift(at.step);
  return path;
}

/**
 * Returns the span to underline for a value: a scalar itself, or otherwise the key. Without a key, returns the start of
 * the value.
 */
export function valueSpan({ node, keySpan }: Location): Span {
  if (node.kind === "scalar" && node.span.end > node.span.start) return node.span;
  return keySpan ?? startOf(node.span);
}

/** Returns the span of the key. Without a key, returns the start of the value. */
export function keySpanOf({ node, keySpan }: Location): Span {
  return keySpan ?? startOf(node.span);
}

/** Returns the location of a key's value. Returns `undefined` if the location is not a mapping with this key. */
export function child(location: Location | undefined, key: string): Location | undefined {
  if (location?.node.kind !== "mapping") return undefined;
  const entry = location.node.entries.get(key);
  return entry && { node: entry.node, keySpan: entry.keySpan, step: key, parent: location };
}

/** A location inside a mapping or a list. */
export type ChildLocation = Location & { readonly step: string | number };

const NONE: readonly never[] = [];

/** Returns all values of a mapping or all items of a list. Returns no locations for a scalar. */
export function children(parent: Location | undefined): readonly ChildLocation[] {
  if (parent === undefined || parent.node.kind === "scalar") return NONE;
  const { node } = parent;
  if (node.kind === "sequence") return node.items.map((item, step) => ({ node: item, step, parent }));
  const found: ChildLocation[] = [];
  for (const [step, entry] of node.entries) found.push({ node: entry.node, keySpan: entry.keySpan, step, parent });
  return found;
}

/**
 * Returns the locations that match a pattern, in the order of the text. The pattern starts at `from`. Each step is a
 * key, `*` for all values of a mapping, or `[]` for all items of a list: `services.*.ports.[]`.
 */
export function select(from: Location | undefined, pattern: string): readonly Location[] {
  return selectBy(from, stepsOf(pattern), 0);
}

function selectBy(from: Location | undefined, steps: readonly string[], next: number): readonly Location[] {
  let location = from;
  for (let index = next; location !== undefined; index += 1) {
    const step = steps[index];
    if (step === undefined) return [location];
    if (step === "*" || step === "[]") {
      const found = (location.node.kind === "mapping") === (step === "*") ? children(location) : NONE;
      return index + 1 === steps.length ? found : found.flatMap((at) => selectBy(at, steps, index + 1));
    }
    location = child(location, step);
  }
  return NONE;
}

const knownSteps = new Map<string, readonly string[]>();

/** Returns the steps of a pattern. The result is cached, because the rules use only a few hundred patterns. */
function stepsOf(pattern: string): readonly string[] {
  const known = knownSteps.get(pattern) ?? pattern.split(".");
  knownSteps.set(pattern, known);
  return known;
}

/** Returns the string at a location, or `undefined` if the value is not a string. */
export function stringAt(location: Location | undefined): string | undefined {
  return location?.node.kind === "scalar" && typeof location.node.value === "string" ? location.node.value : undefined;
}

/** Returns the text of a scalar, such as a number. Returns `undefined` for null, a mapping and a list. */
export function textAt(location: Location | undefined): string | undefined {
  if (location?.node.kind !== "scalar" || location.node.value === null) return undefined;
  return String(location.node.value);
}

/**
 * Returns the value of a whole number that is written as a float, such as `1e6`. Returns `undefined` for a key at which
 * Compose refuses floats (`mayBeFloat`).
 */
export function wholeFloatAt(location: Location): number | undefined {
  const { node } = location;
  if (!isFloat(node) || node.kind !== "scalar" || !mayBeFloat(pathOf(location))) return undefined;
  return wholeFloat(String(node.value));
}

/** Whether a mapping has a key whose value is not null. */
export function has(location: Location | undefined, key: string): boolean {
  const found = child(location, key);
  return found !== undefined && !isNull(found.node);
}

/** Whether a value is marked as secret, for example because it contains the value of a secret variable. */
export function isMarkedSecret({ node }: Location): boolean {
  return node.kind === "scalar" && node.secret === true;
}

/** Whether a part of a text is not known yet. Such a text cannot be validated. */
export function hasUnknown(text: string): boolean {
  return text.includes(UNKNOWN_MARKER);
}

/** Whether a text contains variables, or a part that is not known yet. */
export function hasVariables(text: string): boolean {
  return hasUnknown(text) || holdsVariable(text);
}

const MOST_VARIABLES = 10_000;

/**
 * A variable in a text. `isUnused`: the variable is in a part that Compose does not use, such as `B` in `${A:+${B:?}}`
 * if `A` is not set. Only older releases of Compose require a value for such a variable.
 */
export type NeededVariable = (Variable | BrokenVariable) & { readonly isUnused?: true };

/**
 * Returns the variables of a text, at most 10 000. Of the variables in parts that Compose does not use, returns only
 * those that are not valid, and those for which older releases of Compose require a value.
 *
 * @param set the names of the variables that are set
 */
export function variablesIn(text: string, set: ReadonlySet<string> = new Set()): NeededVariable[] {
  const found: NeededVariable[] = [];
  const template = new Template(text);
  const collect = (isUsed: boolean, piece?: Piece): void => {
    for (const part of template.parts(piece)) {
      if (found.length >= MOST_VARIABLES) return;
      if (part.kind === "text") continue;
      if (isUsed || part.kind === "broken") found.push(part);
      else if (part.when === "required") found.push({ ...part, isUnused: true });
      if (part.kind === "broken" || part.argument === undefined) continue;
      // The value of a set variable may be empty, so Compose may use the default.
      const mayUse = part.when === "default" || (part.when === "replacement" && set.has(part.name));
      collect(isUsed && mayUse, part.argument);
    }
  };
  collect(true);
  return found;
}
