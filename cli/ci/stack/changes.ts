import { isWithin, type Leaf, leavesOf, shownValue } from "../../../provider/policy/reviewed";
import type { ObservedStep } from "./events";

/** A change of a property. `from` is absent if the property is new, and `to` is absent if the property is removed. */
export interface PropertyChange {
  readonly path: string;
  readonly from: Leaf | undefined;
  readonly to: Leaf | undefined;
}

/**
 * Returns the step that has both the old and the new inputs of a resource, or else a step with the new inputs, or else
 * any step. A replacement has several steps.
 */
export function stepWithInputs(steps: readonly [ObservedStep, ...ObservedStep[]]): ObservedStep {
  const size = ({ inputs, oldInputs }: ObservedStep) => Number(isFilled(inputs)) * 2 + Number(isFilled(oldInputs));
  return steps.reduce((best, step) => (size(step) > size(best) ? step : best));
}

function isFilled(inputs: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(inputs).length > 0;
}

/**
 * Returns the differences between the recorded inputs and the new inputs. The engine masks secrets, so a comparison
 * does not find a changed secret. For such a change, the path comes from the provider's list of changes. The old value
 * comes from the old inputs, or else from the outputs.
 */
export function propertyChanges(steps: readonly [ObservedStep, ...ObservedStep[]]): readonly PropertyChange[] {
  const { inputs, oldInputs, oldOutputs } = stepWithInputs(steps);
  const [olds, news] = [byPath(leavesOf(oldInputs, "")), byPath(leavesOf(inputs, ""))];
  const found = changedPaths(olds, news);
  const outputs = byPath(leavesOf(oldOutputs, ""));
  const listed = [...new Set(steps.flatMap(({ paths }) => paths))].filter(
    (path) => !isInternal(path) && !found.some((known) => isWithin(known, path) || isWithin(path, known)),
  );
  const more = listed.flatMap((path) => {
    const inside = [...new Set([...olds.keys(), ...outputs.keys(), ...news.keys()])].filter((one) =>
      isWithin(one, path),
    );
    const sides = inside.map((one) => ({ path: one, from: olds.get(one) ?? outputs.get(one), to: news.get(one) }));
    const changed = sides.filter(({ from, to }) => !isSame(from, to));
    // A path in the provider's list of changes counts even if no difference is visible. Masked secrets look equal, and
    // the engine does not report every value.
    return changed.length > 0 ? changed : sides.length > 0 ? sides : [{ path, from: undefined, to: undefined }];
  });
  const changes = [...found.map((path) => ({ path, from: olds.get(path), to: news.get(path) })), ...more];
  return changes.sort((one, other) => (one.path < other.path ? -1 : 1));
}

function byPath(leaves: readonly Leaf[]): ReadonlyMap<string, Leaf> {
  return new Map(leaves.flatMap((leaf) => (leaf.path === "" ? [] : [[leaf.path, leaf] as const])));
}

function changedPaths(olds: ReadonlyMap<string, Leaf>, news: ReadonlyMap<string, Leaf>): readonly string[] {
  return [...new Set([...olds.keys(), ...news.keys()])].filter((path) => !isSame(olds.get(path), news.get(path)));
}

function isSame(one: Leaf | undefined, other: Leaf | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Returns whether a property belongs to Pulumi's SDK or to this package, such as the code of a dynamic provider. */
export function isInternal(path: string): boolean {
  return path.startsWith("__");
}

/** A change as text. Null: the property does not exist, or the engine does not report its value. */
export interface ShownChange {
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** The longest text of a value, in characters. A longer value is cut. */
const LONGEST_VALUE = 200;

/** Returns the changes of a resource for people and for the JSON. A secret is masked, and a long value is cut. */
export function shownChanges(steps: readonly [ObservedStep, ...ObservedStep[]]): readonly ShownChange[] {
  const changes = propertyChanges(steps).filter(({ path }) => !isInternal(path));
  // If a map or list gets its first entry or loses its last one, the changes of the entries are enough. The change of
  // the empty map or list is left out.
  const isBeside = ({ path, from, to }: PropertyChange) =>
    (from === undefined ? isEmpty(to) : to === undefined && isEmpty(from)) &&
    changes.some((other) => other.path !== path && isWithin(other.path, path));
  return changes
    .filter((change) => !isBeside(change))
    .map(({ path, from, to }) => ({
      path,
      from: from === undefined ? null : leafText(from),
      to: to === undefined ? null : leafText(to),
    }));
}

function isEmpty(leaf: Leaf | undefined): boolean {
  return leaf?.kind === "known" && typeof leaf.value === "object" && leaf.value !== null;
}

function leafText(leaf: Leaf): string {
  if (leaf.kind === "secret") return "[secret]";
  if (leaf.kind === "unknown") return "not known yet";
  const text = shownValue(leaf.value, leaf.key);
  return text.length <= LONGEST_VALUE ? text : `${[...text.slice(0, LONGEST_VALUE)].slice(0, -1).join("")}…`;
}
