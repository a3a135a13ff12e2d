import { isExecutionType } from "../../../provider/policy/declared";
import { nameOf } from "../../../provider/schema";
import type { EndedStep, ObservedCommand, ObservedStep } from "./events";

/** A step for a resource that is not an execution. */
export interface ResourceStep {
  readonly name: string;
  readonly urn: string;
  readonly type: string;
  /** One of `RESOURCE_ACTIONS`. If this package does not know the operation, Pulumi's name of it. */
  readonly action: string;
  /** Names of the properties that change. In a replacement, only those that require it. */
  readonly properties: readonly string[];
  /** The result of the step. In a preview no step is finished, and in a stopped command not every step is. */
  readonly result: "done" | "failed" | "not finished";
}

/**
 * What can happen to a resource that is not an execution: Pulumi's operations, and the words for the future and the
 * past. A replacement has several operations and one row. A `delete-replaced` alone deletes the resource of an earlier
 * replacement. The least important actions are last, because lists are cut at their end.
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
  read: { ops: ["read"], before: "is read", after: "read" },
  refresh: { ops: ["refresh"], before: "is refreshed", after: "refreshed" },
} as const;

const NOTHING: readonly string[] = ["same", "remove-pending-replace"];

/** Operations that are part of a replacement, if the same resource has one. */
const OF_REPLACEMENT: readonly string[] = ["delete-replaced", "discard-replaced"];

/**
 * The steps for everything but executions. Deletions and replacements come first, and the rest is sorted, because the
 * order of events is not fixed.
 */
export function resourceSteps({ steps, ended }: ObservedCommand): readonly ResourceStep[] {
  const byUrn = new Map<string, ObservedStep[]>();
  for (const step of steps) {
    if (isExecutionType(step.type) || isUnlisted(step.type)) continue;
    byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  }
  const rows = [...byUrn.values()].flatMap((own) => rowsOf(own, ended));
  return rows.sort((a, b) => rankOf(a.action) - rankOf(b.action) || (a.urn < b.urn ? -1 : 1));
}

/** Whether a type is the stack itself or a provider. Pulumi counts these, but the summary does not show them. */
function isUnlisted(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:");
}

function rowsOf(steps: readonly ObservedStep[], ended: readonly EndedStep[]): readonly ResourceStep[] {
  const isReplaced = steps.some(({ op }) => actionOf(op) === "replace");
  const byAction = new Map<string, ObservedStep[]>();
  for (const step of steps) {
    if (NOTHING.includes(step.op)) continue;
    const action = isReplaced && OF_REPLACEMENT.includes(step.op) ? "replace" : actionOf(step.op);
    byAction.set(action, [...(byAction.get(action) ?? []), step]);
  }
  return [...byAction].map(([action, own]) => {
    const [{ urn, type }] = own as [ObservedStep];
    const keys = action === "replace" ? own.flatMap((one) => one.keys) : [];
    const names = keys.length > 0 ? keys : own.flatMap(({ changed }) => changed);
    return {
      name: nameOf(urn),
      urn,
      type,
      action,
      properties: action === "replace" || action === "update" ? [...new Set(names)].sort() : [],
      result: resultOf(own, ended),
    };
  });
}

function actionOf(op: string): string {
  const found = Object.entries(RESOURCE_ACTIONS).find(([, { ops }]) => (ops as readonly string[]).includes(op));
  return found?.[0] ?? op;
}

/** Unknown actions come after those that delete something. */
function rankOf(action: string): number {
  const order = Object.keys(RESOURCE_ACTIONS);
  return order.includes(action) ? order.indexOf(action) : order.indexOf("discard") + 0.5;
}

/** How far the steps of one resource got. */
export function resultOf(steps: readonly ObservedStep[], ended: readonly EndedStep[]): ResourceStep["result"] {
  const ends = steps.map(({ urn, op }) => ended.filter((one) => one.urn === urn && one.op === op));
  if (ends.some((own) => own.some(({ hasFailed }) => hasFailed))) return "failed";
  return ends.every((own) => own.length > 0) ? "done" : "not finished";
}
