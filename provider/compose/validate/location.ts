import type { ComposeNode } from "../model";
import type { ComposePath } from "../path";
import type { Span } from "../position";

/** A value of the document together with the way to it. */
export interface Place {
  readonly node: ComposeNode;
  /** Where its key is; absent for the document and for items of a list. */
  readonly keySpan?: Span;
  readonly step?: string | number;
  readonly parent?: Place;
}

/** The mapping half of a node. */
export type MappingNode = Extract<ComposeNode, { kind: "mapping" }>;

/** The keys and indices that lead to a place. Built only for a fault, so that a walk costs nothing. */
export function pathOf(place: Place): ComposePath {
  const path: (string | number)[] = [];
  for (let at: Place | undefined = place; at?.step !== undefined; at = at.parent) path.unshift(at.step);
  return path;
}

/** What to underline for a value: the value when it is one word, else its key, else where it starts. */
export function valueSpan({ node, keySpan }: Place): Span {
  if (node.kind === "scalar" && node.span.end > node.span.start) return node.span;
  return keySpan ?? { start: node.span.start, end: node.span.start };
}

/** What to underline for something about a mapping as a whole: its key, else where it starts. */
export function keySpanOf({ node, keySpan }: Place): Span {
  return keySpan ?? { start: node.span.start, end: node.span.start };
}

/** The value of a key; `undefined` when the place is no mapping or has no such key. */
export function child(place: Place | undefined, key: string): Place | undefined {
  if (place?.node.kind !== "mapping") return undefined;
  const entry = place.node.entries.get(key);
  return entry && { node: entry.node, keySpan: entry.keySpan, step: key, parent: place };
}

/** A value in a mapping or a list. */
export type ChildPlace = Place & { readonly step: string | number };

const none: readonly never[] = [];

/** All values of a mapping or items of a list; none for a scalar. */
export function children(parent: Place | undefined): readonly ChildPlace[] {
  if (parent === undefined || parent.node.kind === "scalar") return none;
  const { node } = parent;
  if (node.kind === "sequence") return node.items.map((item, step) => ({ node: item, step, parent }));
  const found: ChildPlace[] = [];
  for (const [step, entry] of node.entries) found.push({ node: entry.node, keySpan: entry.keySpan, step, parent });
  return found;
}

/**
 * The places that a pattern leads to from a place, in the order of the text. A step is a key, `*` for every value of a
 * mapping, or `[]` for every item of a list. Patterns are written with dots: `services.*.ports.[]`.
 */
export function select(from: Place | undefined, pattern: string | readonly string[]): readonly Place[] {
  return selectBy(from, typeof pattern === "string" ? stepsOf(pattern) : pattern, 0);
}

function selectBy(from: Place | undefined, steps: readonly string[], next: number): readonly Place[] {
  let place = from;
  for (let index = next; place !== undefined; index += 1) {
    const step = steps[index];
    if (step === undefined) return [place];
    if (step === "*" || step === "[]") {
      const found = (place.node.kind === "mapping") === (step === "*") ? children(place) : none;
      return index + 1 === steps.length ? found : found.flatMap((at) => selectBy(at, steps, index + 1));
    }
    place = child(place, step);
  }
  return none;
}

const knownSteps = new Map<string, readonly string[]>();

/** The steps of a pattern. Patterns are written in the rules, so there are a few hundred at the most. */
function stepsOf(pattern: string): readonly string[] {
  const known = knownSteps.get(pattern) ?? pattern.split(".");
  knownSteps.set(pattern, known);
  return known;
}

/** The string that stands at a place; `undefined` when it is something else. */
export function stringAt(place: Place | undefined): string | undefined {
  return place?.node.kind === "scalar" && typeof place.node.value === "string" ? place.node.value : undefined;
}

/** What stands at a place when it is a scalar that is not empty, as text. */
export function textAt(place: Place | undefined): string | undefined {
  if (place?.node.kind !== "scalar" || place.node.value === null) return undefined;
  return String(place.node.value);
}

/** Whether a key is there and not empty. */
export function has(place: Place | undefined, key: string): boolean {
  const found = child(place, key);
  return found !== undefined && !(found.node.kind === "scalar" && found.node.value === null);
}
