import {
  areEqual,
  type DifferentValue,
  differentValues,
  isWithin,
  type Review,
  type ReviewedAction,
  type ReviewedChange,
  type ReviewedExecution,
  type ReviewedResource,
  valueText,
} from "../../../provider/policy/reviewed";
import { nameOf, typeOf } from "../../../provider/schema";
import { startsRun } from "../stack/plan";

/** A part of a plan that goes beyond a review. */
export interface Difference {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  /** What differs: `action`, `run`, `resource`, `provider`, `URN`, `id`, or the path of a value. */
  readonly what: string;
  /** The reviewed value and the planned value, in words. */
  readonly reviewed: string;
  readonly planned: string;
}

/**
 * For each planned action on an execution: the reviewed actions that allow it. Except for a deletion, the inputs must
 * be the reviewed ones. A run that the action aborts or deletes must be the reviewed one. An unchanged execution is not
 * compared.
 *
 * | planned | allowed after a review of | because |
 * |---|---|---|
 * | start   | start, replace | a replacement also starts a run, and ends another one |
 * | adopt   | adopt | |
 * | replace | replace | only a replacement ends a run and starts another one |
 * | update  | all but delete | an update starts and ends no run; an interrupted apply may continue with updates |
 * | update after an unclear start | start, replace, the same kind of update | this update may start the run |
 * | keep    | all but delete | keeping an execution only records the inputs for the next run |
 * | delete  | delete | |
 */
const EXECUTIONS: Readonly<Record<ReviewedAction, readonly ReviewedAction[]>> = {
  start: ["start", "replace"],
  adopt: ["adopt"],
  replace: ["replace"],
  update: ["start", "adopt", "replace", "update", "keep"],
  keep: ["start", "adopt", "replace", "update", "keep"],
  delete: ["delete"],
};

/**
 * For each planned action on a resource that is not an execution: the reviewed actions that allow it. An action that is
 * not in the table needs the same reviewed action. A creation must have the reviewed inputs. An update may contain only
 * reviewed changes. A resource that is changed or deleted must have the id that it had at the review.
 *
 * | planned | allowed after a review of | because |
 * |---|---|---|
 * | create  | create, replace | a replacement also creates the resource |
 * | update  | update, replace | an update in place keeps the resource |
 * | discard | discard, delete | the resource leaves the stack, but is not deleted |
 * | rename  | rename, update, replace | these steps also rename the resource, if the review has the same old URN |
 * | read, refresh | anything | these actions change no resource |
 */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  create: ["create", "replace"],
  update: ["update", "replace"],
  discard: ["discard", "delete"],
  rename: ["rename", "update", "replace"],
};
const HARMLESS: readonly string[] = ["read", "refresh"];

/**
 * Returns the parts of a plan that go beyond a review. A plan that does less than the review is allowed. The plan and
 * the review must have the same salt, because their digests are compared.
 */
export function beyond(review: Review, plan: Review): readonly Difference[] {
  const executions = groupedByUrn(review.executions);
  const resources = groupedByUrn(review.resources);
  return [
    ...plan.executions
      .filter((one) => !(one.action === "keep" && one.isUnchanged && one.from === undefined))
      .flatMap((one) =>
        fewest(
          (executions.get(one.urn) ?? []).map((other) => ofExecution(other, one)),
          one,
        ),
      ),
    ...plan.resources
      .filter(({ action }) => !HARMLESS.includes(action))
      .flatMap((one) =>
        fewest(
          (resources.get(one.urn) ?? []).map((other) => ofResource(other, one)),
          one,
        ),
      ),
  ];
}

function groupedByUrn<T extends { readonly urn: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(one.urn, [...(groups.get(one.urn) ?? []), one]);
  return groups;
}

/** Returns the shortest of several lists of differences. A resource has a list for each of its reviewed steps. */
function fewest(
  candidates: readonly (readonly Difference[])[],
  planned: { readonly urn: string; readonly action: string },
): readonly Difference[] {
  const [first, ...others] = candidates;
  if (first === undefined) return [difference(planned.urn, "action", "nothing", planned.action)];
  return others.reduce((best, one) => (one.length < best.length ? one : best), first);
}

function difference(urn: string, what: string, reviewed: string, planned: string): Difference {
  return { urn, name: nameOf(urn), type: typeOf(urn), what, reviewed, planned };
}

function ofExecution(reviewed: ReviewedExecution, planned: ReviewedExecution): readonly Difference[] {
  const { urn, action } = planned;
  if (!EXECUTIONS[action].includes(reviewed.action)) return [difference(urn, "action", reviewed.action, action)];
  if (planned.mayStart && !startsRun(reviewed))
    return [
      difference(urn, "action", reviewed.action, "may start a run, because an earlier start got no clear answer"),
    ];
  const other = planned.ends.find((id) => !reviewed.ends.includes(id));
  const aborted = planned.aborts !== undefined && planned.aborts !== reviewed.aborts ? planned.aborts : undefined;
  return [
    ...(aborted === undefined
      ? other === undefined
        ? []
        : [difference(urn, "run", `of ${reviewed.ends.join(", ") || "no run"}`, `deletes the record of run ${other}`)]
      : [difference(urn, "run", reviewed.aborts ?? "no run is aborted", `run ${aborted} is aborted`)]),
    ...(planned.imports === undefined || planned.imports === reviewed.imports
      ? []
      : [difference(urn, "run", reviewed.imports ?? "no run is imported", `run ${planned.imports} is imported`)]),
    ...ofName(reviewed, planned),
    ...ofProvider(reviewed, planned),
    ...(action === "delete" ? [] : ofValues(urn, differentValues(reviewed.inputs, planned.inputs))),
  ];
}

function ofResource(reviewed: ReviewedResource, planned: ReviewedResource): readonly Difference[] {
  const { urn, action } = planned;
  const allowed = RESOURCES[action] ?? [action];
  if (!allowed.includes(reviewed.action)) return [difference(urn, "action", reviewed.action, action)];
  // A resource that is created has no id yet.
  const isOther = planned.id !== undefined && planned.id !== reviewed.id;
  // With `retainOnDelete`, the engine deletes a resource only from the state. If another apply has removed the option
  // after the review, the planned deletion would also delete the resource itself.
  const isEnded = action === "delete" && reviewed.stays === true && planned.stays !== true;
  const inputs = Object.keys(planned.inputs).length > 0 || action === "create" || action === "replace";
  return [
    ...(isOther ? [difference(urn, "resource", "another resource of this name", action)] : []),
    ...(isEnded ? [difference(urn, "resource", "leaves the stack, and stays", "is deleted")] : []),
    ...(planned.imports === undefined || planned.imports === reviewed.imports
      ? []
      : [difference(urn, "id", reviewed.imports === undefined ? "none" : "another id", action)]),
    ...ofName(reviewed, planned),
    ...ofProvider(reviewed, planned),
    ...(inputs ? ofValues(urn, differentValues(reviewed.inputs, planned.inputs)) : []),
    ...changesBeyond(reviewed, planned),
  ];
}

/** Reports that an alias renames a resource, if the review does not have the same change of the URN. */
function ofName(
  { from: reviewed }: { readonly from?: string },
  { urn, from: planned }: { readonly urn: string; readonly from?: string },
): readonly Difference[] {
  if (planned === undefined || planned === reviewed) return [];
  return [
    difference(
      urn,
      "URN",
      reviewed === undefined ? "not renamed" : `renamed from ${reviewed}`,
      `renamed from ${planned}`,
    ),
  ];
}

interface WithProvider {
  readonly urn: string;
  readonly provider?: string;
}

/**
 * Reports a planned provider that differs from the reviewed one, because the provider determines the account and the
 * region.
 */
function ofProvider({ provider: reviewed }: WithProvider, { urn, provider: planned }: WithProvider) {
  if (planned === undefined || planned === reviewed) return [];
  const names = [reviewed ?? "none", planned].map(nameOf) as [string, string];
  const [one, other] = names[0] === names[1] ? [reviewed ?? "none", planned] : names;
  return [difference(urn, "provider", one, other)];
}

/** Returns the planned changes that differ from the reviewed changes. The plan may leave out a reviewed change. */
function changesBeyond(reviewed: ReviewedResource, planned: ReviewedResource): readonly Difference[] {
  const open = Object.entries(reviewed.changes).flatMap(([path, { to }]) =>
    to !== undefined && "unknown" in to ? [path] : [],
  );
  return Object.entries(planned.changes).flatMap(([path, change]) => {
    const before = Object.hasOwn(reviewed.changes, path) ? reviewed.changes[path] : undefined;
    // The old value must be the reviewed one, because another apply may have changed it after the review. If the
    // reviewed new value is unknown, any new value is allowed.
    if (areEqual(before?.from, change.from)) {
      const isSame = before !== undefined && areEqual(before.to, change.to);
      if (isSame || open.some((outer) => isWithin(path, outer))) return [];
    }
    return [valueDifference(planned.urn, path, changeText(before), changeText(change))];
  });
}

function changeText(change: ReviewedChange | undefined): string {
  return change === undefined ? "no change" : `${valueText(change.from)} → ${valueText(change.to)}`;
}

function ofValues(urn: string, values: readonly DifferentValue[]): readonly Difference[] {
  return values.map(({ path, reviewed, planned }) =>
    valueDifference(urn, path, valueText(reviewed), valueText(planned)),
  );
}

/**
 * Returns a difference of two values. The two texts may look the same, because the review cuts long values and contains
 * no secrets.
 */
function valueDifference(urn: string, path: string, reviewed: string, planned: string): Difference {
  return difference(urn, path, reviewed, planned === reviewed ? `${planned}, but another one` : planned);
}
