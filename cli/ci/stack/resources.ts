import { isExecutionType } from "../../../provider/policy/declared";
import { isDefaultProvider, nameOf } from "../../../provider/schema";
import { type ShownChange, shownChanges } from "./changes";
import type { EndedStep, ObservedCommand, ObservedStep } from "./events";

/** A step for a resource that is not an execution. */
export interface ResourceStep {
  readonly name: string;
  readonly urn: string;
  readonly type: string;
  /** One of `RESOURCE_ACTIONS`, or Pulumi's name of an operation that this package does not know. */
  readonly action: string;
  /** Names of the properties that change. In a replacement, only those that require the replacement. */
  readonly properties: readonly string[];
  /** The values that change, property by property; for an import also `id`, and for an alias also `name` or `URN`. */
  readonly changes: readonly ShownChange[];
  /**
   * The result of the step. In a preview, no step is finished. In a stopped command, some steps may not be finished.
   */
  readonly result: "done" | "failed" | "not finished";
}

/**
 * The possible actions on a resource that is not an execution. `ops`: Pulumi's operations for the action. `before` and
 * `after`: the words for a planned and for a finished action. The least important actions are last, because lists are
 * cut at their end.
 */
export const RESOURCE_ACTIONS = {
  delete: { ops: ["delete", "delete-replaced"], before: "is deleted", after: "deleted" },
  replace: {
    ops: ["replace", "create-replacement", "import-replacement", "read-replacement"],
    before: "is replaced",
    after: "replaced",
  },
  discard: { ops: ["discard", "discard-replaced"], before: "leaves the stack, and stays", after: "left the stack" },
  update: { ops: ["update"], before: "is updated", after: "updated" },
  import: { ops: ["import"], before: "is imported", after: "imported" },
  create: { ops: ["create"], before: "is created", after: "created" },
  /** A step that changes only the URN of the resource, because of an alias. Pulumi counts it as `same`. */
  rename: { ops: [], before: "is renamed", after: "renamed" },
  read: { ops: ["read"], before: "is read", after: "read" },
  refresh: { ops: ["refresh"], before: "is refreshed", after: "refreshed" },
} as const;

const NOTHING: readonly string[] = ["same", "remove-pending-replace"];

/** Operations that count as part of a replacement if the same resource is replaced. */
const OF_REPLACEMENT: readonly string[] = ["delete-replaced", "discard-replaced"];

/**
 * Returns the steps for all resources except executions, the stack itself, and default providers whose settings do not
 * change. The steps are sorted, deletions and replacements first, because the order of events is not fixed.
 */
export function resourceSteps({ steps, ended }: ObservedCommand): readonly ResourceStep[] {
  const rows = groupedSteps(steps)
    .filter((own) => !isUnlisted(own))
    .map((own) => rowOf(own, ended));
  return rows.sort((a, b) => rankOf(a.action) - rankOf(b.action) || (a.urn < b.urn ? -1 : 1));
}

/**
 * Returns true if a step is left out of the list of resources, although Pulumi counts the step. Such a step is for a
 * default provider, which Pulumi itself creates and deletes. But a change of a default provider's settings is listed,
 * because the resources of the provider may then be in another account or region.
 */
function isUnlisted({ action, steps: [{ type, urn }] }: GroupedSteps): boolean {
  const isDefault = type.startsWith("pulumi:providers:") && isDefaultProvider(nameOf(urn));
  return isDefault && action !== "update" && action !== "replace";
}

const STACK = "pulumi:pulumi:Stack";

/** An action on a resource that is not an execution, with the steps of the action. A replacement has several steps. */
export interface GroupedSteps {
  readonly action: string;
  readonly steps: readonly [ObservedStep, ...ObservedStep[]];
}

/** Returns the steps for all resources except executions and the stack itself, grouped by resource and action. */
export function groupedSteps(steps: readonly ObservedStep[]): readonly GroupedSteps[] {
  const byUrn = new Map<string, ObservedStep[]>();
  for (const step of steps) {
    if (isExecutionType(step.type) || step.type === STACK) continue;
    byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  }
  return [...byUrn.values()].flatMap(byAction);
}

function byAction(steps: readonly ObservedStep[]): readonly GroupedSteps[] {
  const isReplaced = steps.some(({ op }) => actionOf(op) === "replace");
  const groups = new Map<string, [ObservedStep, ...ObservedStep[]]>();
  for (const step of steps) {
    const isRenamed = step.op === "same" && step.renamedFrom !== undefined;
    if (NOTHING.includes(step.op) && !isRenamed) continue;
    const replaces = isReplaced && OF_REPLACEMENT.includes(step.op);
    const action = isRenamed ? "rename" : replaces ? "replace" : actionOf(step.op);
    groups.set(action, [...(groups.get(action) ?? []), step] as [ObservedStep, ...ObservedStep[]]);
  }
  return [...groups].map(([action, own]) => ({ action, steps: own }));
}

function rowOf({ action, steps }: GroupedSteps, ended: readonly EndedStep[]): ResourceStep {
  const [{ urn, type }] = steps;
  const keys = action === "replace" ? steps.flatMap((one) => one.keys) : [];
  const names = keys.length > 0 ? keys : steps.flatMap(({ changed }) => changed);
  const isChange = action === "replace" || action === "update";
  const changes = isChange ? shownChanges(steps) : [];
  return {
    name: nameOf(urn),
    urn,
    type,
    action,
    properties: isChange ? [...new Set(names)].sort() : [],
    changes: [...identityChanges(steps), ...changes],
    result: resultOf(steps, ended),
  };
}

/** Returns the change that an alias makes to the URN of a resource, and the change that an import makes to its id. */
function identityChanges(steps: readonly ObservedStep[]): readonly ShownChange[] {
  const renamed = steps.find(({ renamedFrom }) => renamedFrom !== undefined);
  const imported = steps.find(({ importedId }) => importedId !== "");
  return [
    ...(imported === undefined ? [] : [{ path: "id", from: imported.oldId || null, to: imported.importedId }]),
    ...(renamed === undefined ? [] : [renaming(renamed.renamedFrom ?? "", renamed.urn)]),
  ];
}

/** Returns the change of a URN: the two names if they differ, and otherwise the two URNs without stack and project. */
function renaming(from: string, to: string): ShownChange {
  const names = [from, to].map(nameOf) as [string, string];
  const ends = [from, to].map((urn) => urn.split("::").slice(2).join("::")) as [string, string];
  const [path, [one, other]] = names[0] === names[1] ? (["URN", ends] as const) : (["name", names] as const);
  return { path, from: one, to: other };
}

function actionOf(op: string): string {
  const found = Object.entries(RESOURCE_ACTIONS).find(([, { ops }]) => (ops as readonly string[]).includes(op));
  return found?.[0] ?? op;
}

/**
 * Returns the position of an action in `RESOURCE_ACTIONS`. An unknown action comes directly after the actions that
 * delete something, because it may delete something too.
 */
function rankOf(action: string): number {
  const order = Object.keys(RESOURCE_ACTIONS);
  return order.includes(action) ? order.indexOf(action) : order.indexOf("discard") + 0.5;
}

/** The only step that one resource may have several times: one for each old resource that replacements have left. */
const LEFT_OVER = "delete-replaced";

/** Returns the result of the steps of one resource. */
export function resultOf(steps: readonly ObservedStep[], ended: readonly EndedStep[]): ResourceStep["result"] {
  const ends = steps.map(({ urn, op, oldId }) =>
    ended.filter((one) => one.urn === urn && one.op === op && (op !== LEFT_OVER || one.oldId === oldId)),
  );
  if (ends.some((own) => own.some(({ hasFailed }) => hasFailed))) return "failed";
  return ends.every((own) => own.length > 0) ? "done" : "not finished";
}
