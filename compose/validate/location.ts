import { type ComposePath, type Span, startOf } from "../diagnostics/position";
import { type BrokenVariable, holdsVariable, type Piece, Template, type Variable } from "../model/interpolation";
import { type ComposeNode, isNull } from "../model/model";
import { UNKNOWN_MARKER } from "../yaml/text";

/** A value of the document, with the steps that lead to it. */
export interface Location {
  readonly node: ComposeNode;
  /** The position of the key. Absent for the document itself and for items of a list. */
  readonly keySpan?: Span;
  readonly step?: string | number;
  readonly parent?: Location;
}

/**
 * Returns the keys and indices that lead to a location. The path is made only for a diagnostic, which keeps the walk
 * through the document fast.
 */
export function pathOf(location: Location): ComposePath {
  const path: (string | number)[] = [];
  for (let at: Location | undefined = location; at?.step !== undefined; at = at.parent) path.unshift(at.step);
  return path;
}

/**
 * Returns the span to underline for a value: the value if it is a scalar, otherwise its key. For a value without a key,
 * returns the start of the value.
 */
export function valueSpan({ node, keySpan }: Location): Span {
  if (node.kind === "scalar" && node.span.end > node.span.start) return node.span;
  return keySpan ?? startOf(node.span);
}

/**
 * Returns the span to underline for a whole mapping: its key. For a mapping without a key, returns the start of the
 * mapping.
 */
export function keySpanOf({ node, keySpan }: Location): Span {
  return keySpan ?? startOf(node.span);
}

/** Returns the location of a key's value, or `undefined` if the location is not a mapping with this key. */
export function child(location: Location | undefined, key: string): Location | undefined {
  if (location?.node.kind !== "mapping") return undefined;
  const entry = location.node.entries.get(key);
  return entry && { node: entry.node, keySpan: entry.keySpan, step: key, parent: location };
}

/** The location of a value in a mapping or of an item in a list. */
export type ChildLocation = Location & { readonly step: string | number };

const NONE: readonly never[] = [];

/** Returns all values of a mapping or all items of a list. Returns nothing for a scalar. */
export function children(parent: Location | undefined): readonly ChildLocation[] {
  if (parent === undefined || parent.node.kind === "scalar") return NONE;
  const { node } = parent;
  if (node.kind === "sequence") return node.items.map((item, step) => ({ node: item, step, parent }));
  const found: ChildLocation[] = [];
  for (const [step, entry] of node.entries) found.push({ node: entry.node, keySpan: entry.keySpan, step, parent });
  return found;
}

/**
 * Returns the locations below a location that match a pattern, in the order of the text. A step of the pattern is a
 * key, `*` for every value of a mapping, or `[]` for every item of a list. The steps are separated by dots:
 * `services.*.ports.[]`.
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

/** Returns the steps of a pattern. The steps are cached, because the rules have only a few hundred patterns. */
function stepsOf(pattern: string): readonly string[] {
  const known = knownSteps.get(pattern) ?? pattern.split(".");
  knownSteps.set(pattern, known);
  return known;
}

/** Returns the string at a location, or `undefined` if the value is not a string. */
export function stringAt(location: Location | undefined): string | undefined {
  return location?.node.kind === "scalar" && typeof location.node.value === "string" ? location.node.value : undefined;
}

/** Returns the value of a scalar as text. Returns `undefined` for null, and for a value that is not a scalar. */
export function textAt(location: Location | undefined): string | undefined {
  if (location?.node.kind !== "scalar" || location.node.value === null) return undefined;
  return String(location.node.value);
}

/** Whether a mapping has a key whose value is not null. */
export function has(location: Location | undefined, key: string): boolean {
  const found = child(location, key);
  return found !== undefined && !isNull(found.node);
}

/** Whether the program has marked a value as secret. Rules about secrets need not check such a value. */
export function isMarkedSecret({ node }: Location): boolean {
  return node.kind === "scalar" && node.secret === true;
}

/** Whether a text contains a part that is not known yet. Such a text cannot be validated. */
export function hasUnknown(text: string): boolean {
  return text.includes(UNKNOWN_MARKER);
}

/** Whether a part of a text will be replaced later: a variable, or a part that is not known yet. */
export function hasVariables(text: string): boolean {
  return hasUnknown(text) || holdsVariable(text);
}

const MOST_VARIABLES = 10_000;

/**
 * A variable of a text. `isUnused`: the variable is in a default or a replacement that does not apply. Only older
 * releases of Compose require a value for it.
 */
export type NeededVariable = (Variable | BrokenVariable) & { readonly isUnused?: true };

/**
 * Returns the variables that a text needs if only some variables are set. A variable with a default is left out, and so
 * are the variables in a default or a replacement that is not used. A variable that a release of Compose refuses is
 * always included. Returns at most 10 000 variables.
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
      // A variable that is set may be empty, so its default may be used.
      const mayUse = part.when === "default" || (part.when === "replacement" && set.has(part.name));
      collect(isUsed && mayUse, part.argument);
    }
  };
  collect(true);
  return found;
}
