import { isExecutionType } from "../../../provider/policy/declared";
import type { EndedStep, ObservedCommand, ObservedStep } from "./events";

/** What becomes of a resource that is not an execution. */
export type ResourceAction = "delete" | "replace" | "discard" | "update" | "import" | "create" | "read" | "refresh";

/** A step for a resource that is not an execution. */
export interface ResourceStep {
  readonly name: string;
  readonly urn: string;
  readonly type: string;
  /** One of `ResourceAction`, or the operation of Pulumi where this package does not know it. */
  readonly action: string;
  /** Names of the properties that change; of a replacement, those that call for it. */
  readonly properties: readonly string[];
  /** How it ended: a preview ends none, and a command that was stopped not all. */
  readonly result: "done" | "failed" | "not finished";
}

/** In this order steps are listed, so that the end of a list is what matters least. */
export const RESOURCE_ACTIONS: readonly ResourceAction[] = [
  "delete",
  "replace",
  "discard",
  "update",
  "import",
  "create",
  "read",
  "refresh",
];

/**
 * What Pulumi's operations do to a resource. A replacement has several steps, and is one row. `delete-replaced` alone deletes what an earlier
 * replacement has left.
 */
const ACTIONS: Readonly<Record<string, ResourceAction | "nothing">> = {
  same: "nothing",
  "remove-pending-replace": "nothing",
  delete: "delete",
  "delete-replaced": "delete",
  replace: "replace",
  "create-replacement": "replace",
  "import-replacement": "replace",
  "read-replacement": "replace",
  discard: "discard",
  "discard-replaced": "discard",
  update: "update",
  import: "import",
  create: "create",
  read: "read",
  refresh: "refresh",
};

/** Operations that belong to a replacement, where there is one. */
const OF_REPLACEMENT: readonly string[] = ["delete-replaced", "discard-replaced"];

/** The steps of a command for everything but executions, deletions and replacements first: the order of events differs from one command to the next. */
export function resourceSteps({ steps, ended }: ObservedCommand): readonly ResourceStep[] {
  const byUrn = new Map<string, ObservedStep[]>();
  for (const step of steps) {
    if (isExecutionType(step.type) || isUnlisted(step.type)) continue;
    byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  }
  const rows = [...byUrn.values()].flatMap((own) => rowsOf(own, ended));
  return rows.sort((a, b) => rankOf(a.action) - rankOf(b.action) || (a.urn < b.urn ? -1 : 1));
}

/** The stack itself, and providers: Pulumi counts them, and they are nothing of their own. */
function isUnlisted(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:");
}

function rowsOf(steps: readonly ObservedStep[], ended: readonly EndedStep[]): readonly ResourceStep[] {
  const isReplaced = steps.some(({ op }) => actionOf(op) === "replace");
  const byAction = new Map<string, ObservedStep[]>();
  for (const step of steps) {
    const action = isReplaced && OF_REPLACEMENT.includes(step.op) ? "replace" : actionOf(step.op);
    if (action !== "nothing") byAction.set(action, [...(byAction.get(action) ?? []), step]);
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
  return Object.hasOwn(ACTIONS, op) ? (ACTIONS[op] ?? op) : op;
}

/** What is not known stands after what is lost. */
function rankOf(action: string): number {
  const rank = (RESOURCE_ACTIONS as readonly string[]).indexOf(action);
  return rank < 0 ? RESOURCE_ACTIONS.indexOf("discard") + 0.5 : rank;
}

function resultOf(steps: readonly ObservedStep[], ended: readonly EndedStep[]): ResourceStep["result"] {
  const ends = steps.map(({ urn, op }) => ended.filter((one) => one.urn === urn && one.op === op));
  if (ends.some((own) => own.some(({ hasFailed }) => hasFailed))) return "failed";
  return ends.every((own) => own.length > 0) ? "done" : "not finished";
}

/** Name of a resource: what stands last in its URN, which may hold colons. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::") || urn;
}

/** Type of a resource, without those of its parents. */
export function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}
