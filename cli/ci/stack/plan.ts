import { hasEnded } from "../../../provider/lyceum/answers/status";
import {
  adoptsRun,
  argumentOf,
  type DeclaredProvider,
  isExecutionType,
  knownText,
  PROVIDER_TYPE,
  subjectOf,
} from "../../../provider/policy/declared";
import { isDefaultProvider, nameOf, parseRecorded, typeOf } from "../../../provider/schema";
import { isUnclear } from "../../../provider/schema/run-id";
import { UNKNOWN_TEXT } from "../../../provider/schema/wire-forms";
import type { ObservedCommand, ObservedStep } from "./events";

/** What a preview plans for an execution. */
export type PlannedAction = "start" | "adopt" | "replace" | "update" | "delete" | "keep";

/** An execution in a preview. */
export interface PlannedExecution {
  readonly name: string;
  readonly urn: string;
  readonly action: PlannedAction;
  /** Why the action is planned: the messages of the provider, or what Pulumi's step shows if there are none. */
  readonly reasons: readonly string[];
  /** The id of the recorded run, if there is one. */
  readonly executionId: string | undefined;
  /** The run that the action would abort, if the run is still active then. */
  readonly aborts: string | undefined;
  /**
   * The id of the run that a deletion or a replacement leaves as it is. The run may be active. Empty if an unclear
   * start may have made this run.
   */
  readonly leaves?: string;
  /** Whether an update may start a run, because an earlier start got no clear answer. */
  readonly mayStart?: true;
  /** Whether the resource is replaced. `action` is `replace` or, if the new resource adopts a run, `adopt`. */
  readonly isReplaced?: true;
  /** The URN that the resource has in the state, if an alias renames it. */
  readonly renamedFrom?: string;
  /** The id of the run that the resource option `import` puts into the state. */
  readonly imports?: string;
  readonly executionType: string | undefined;
  /** The argument `timeout` of the execution, in seconds. */
  readonly timeout: number | undefined;
  /** Seconds. */
  readonly gracefulTimeout: number | undefined;
  /** The largest number of runs that a single command starts for the execution. */
  readonly attempts: number | undefined;
  /** The provider resource that the execution uses, if the program declares this provider resource. */
  readonly provider?: DeclaredProvider;
  readonly waitFor: string | undefined;
  /** The inputs with secrets masked; empty if the execution is deleted. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

const ACTIONS: Readonly<Record<string, PlannedAction>> = {
  create: "start",
  import: "adopt",
  "import-replacement": "adopt",
  replace: "replace",
  "create-replacement": "replace",
  update: "update",
  delete: "delete",
  same: "keep",
};

/** Returns whether an action starts a run, or may start it. */
export function startsRun({ action, mayStart }: Pick<PlannedExecution, "action" | "mayStart">): boolean {
  return action === "start" || action === "replace" || mayStart === true;
}

/**
 * Returns the executions of a preview. Deletions come first, then replacements and adoptions, because these actions may
 * end a run. Executions of the same rank (`RANKS`) are sorted by URN, because the order of events is not fixed.
 */
export function plannedExecutions({ steps, messages }: ObservedCommand): readonly PlannedExecution[] {
  const byUrn = new Map<string, ObservedStep>();
  const left = new Map<string, ObservedStep>();
  for (const step of steps) {
    if (!isExecutionType(step.type)) continue;
    if (step.op === "delete-replaced") left.set(step.urn, step);
    // A replacement has several steps with the same new inputs. The first of them is used.
    else if (ACTIONS[step.op] !== undefined && !byUrn.has(step.urn)) byUrn.set(step.urn, step);
  }
  const current = [...byUrn.values()].map((step) => {
    const own = messages.filter(({ urn, severity }) => urn === step.urn && severity === "info");
    return planned(step, [...new Set(own.map(({ text }) => withoutTimes(text)))], steps);
  });
  const replaced = new Set(current.filter(({ action }) => RANKS[action] === RANKS.replace).map(({ urn }) => urn));
  const leftOver = [...left.values()]
    .filter(({ urn }) => !replaced.has(urn))
    .map((step) => planned({ ...step, op: "delete" }, ["an earlier replacement has left it"], steps));
  return [...current, ...leftOver].sort((a, b) => RANKS[a.action] - RANKS[b.action] || (a.urn < b.urn ? -1 : 1));
}

const RANKS: Readonly<Record<PlannedAction, number>> = {
  delete: 0,
  replace: 1,
  adopt: 1,
  start: 2,
  update: 2,
  keep: 3,
};

function planned(step: ObservedStep, messages: readonly string[], steps: readonly ObservedStep[]): PlannedExecution {
  const { inputs, urn, oldInputs } = step;
  const action = actionOf(step);
  const current = action === "delete" ? oldInputs : inputs;
  const timeout = argumentOf(current, "timeout");
  const { gracefulTimeout, attempts } = subjectOf({ name: "", stack: "" }, current);
  const provider = declaredProvider(step.provider, steps);
  const recorded = parseRecorded(step.oldOutputs);
  const isReplaced = ACTIONS[step.op] === "replace" || step.op === "import-replacement";
  const left = action === "delete" || isReplaced ? leftRun(step) : undefined;
  return {
    name: nameOf(urn),
    urn,
    action,
    reasons: messages.length > 0 ? messages : reasonsWithoutMessage(action, step),
    executionId: recorded.executionId || undefined,
    aborts: abortedRun(step, action, messages),
    ...(left === undefined ? {} : { leaves: left }),
    ...(action === "update" && isUnclear(recorded) && !adoptsRun(inputs) ? { mayStart: true } : {}),
    ...(isReplaced ? { isReplaced } : {}),
    ...(step.renamedFrom === undefined ? {} : { renamedFrom: step.renamedFrom }),
    ...(step.importedId === "" ? {} : { imports: step.importedId }),
    executionType: knownText(argumentOf(current, "executionType")),
    timeout: typeof timeout === "number" ? timeout : undefined,
    gracefulTimeout,
    attempts,
    ...(provider === undefined ? {} : { provider }),
    waitFor: knownText(argumentOf(current, "waitFor")),
    inputs,
  };
}

/**
 * Returns the provider of an execution if the program declares this provider. If no step shows the settings of the
 * provider, its API key counts as unknown.
 */
function declaredProvider(urn: string, steps: readonly ObservedStep[]): DeclaredProvider | undefined {
  const [type, name] = [typeOf(urn), nameOf(urn)];
  if (type !== PROVIDER_TYPE || isDefaultProvider(name)) return undefined;
  const own = steps.find((step) => step.urn === urn && Object.keys(step.inputs).length > 0);
  return { type, name, inputs: own?.inputs ?? { apiKey: UNKNOWN_TEXT } };
}

/** Returns the action of a step. An execution with the id of an existing run adopts this run, and starts no run. */
export function actionOf({ op, inputs }: Pick<ObservedStep, "op" | "inputs">): PlannedAction {
  const action = ACTIONS[op] ?? "keep";
  return (action === "start" || action === "replace") && adoptsRun(inputs) ? "adopt" : action;
}

function reasonsWithoutMessage(action: PlannedAction, { keys, importedId }: ObservedStep): readonly string[] {
  if (importedId !== "") return [`the option import names run ${importedId}`];
  if (action === "adopt") return ["existingExecutionId names it"];
  if (action === "start") return ["it is new in the program"];
  if (action === "delete") return ["it is no longer in the program"];
  if (action === "replace") return [keys.length === 0 ? "a replacement was requested" : `${keys.join(", ")} changed`];
  return [];
}

/**
 * Returns the id of the run that a replacement, an adoption or a deletion aborts. Undefined if the action aborts no
 * run. A message of the provider, such as `starts a new run`, counts more than the state, because the provider has just
 * read the run.
 */
function abortedRun(
  { oldOutputs, wasRetained }: ObservedStep,
  action: PlannedAction,
  messages: readonly string[],
): string | undefined {
  if (action === "start" || action === "update" || action === "keep") return undefined;
  // With `retainOnDelete`, the engine does not call the provider to delete a resource, so no run is aborted. A message
  // of the provider may say that the run is aborted, because the provider does not know this option.
  if (wasRetained) return undefined;
  const { executionId, onDelete, missing, ...recorded } = parseRecorded(oldOutputs);
  if (executionId === "" || onDelete === "leave" || missing === "forgotten" || hasEnded(recorded)) return undefined;
  if (messages.some((text) => /^(starts|adopts|leaves|may start a new run in place of) /.test(text))) return undefined;
  return executionId;
}

/**
 * Returns the id of the run that the deletion of a resource leaves as it is, because of `onDelete` or `retainOnDelete`.
 * Returns an empty text if an unclear start may have made the run. Undefined if the deletion ends the run, or if the
 * run has ended.
 */
export function leftRun({
  oldOutputs,
  wasRetained,
}: Pick<ObservedStep, "oldOutputs" | "wasRetained">): string | undefined {
  const recorded = parseRecorded(oldOutputs);
  if (!wasRetained && recorded.onDelete !== "leave") return undefined;
  if (recorded.executionId === "") return isUnclear(recorded) ? "" : undefined;
  return recorded.missing === "forgotten" || hasEnded(recorded) ? undefined : recorded.executionId;
}

/** Returns the words about a run that goes on. `run` names the run. `leaves`: the result of {@link leftRun}. */
export function goesOn(leaves: string, run: string): string {
  return leaves === "" ? "the run of its unclear start goes on, if there is one" : `${run} goes on if it is active`;
}

/**
 * Returns whether the run that an action aborts may have ended after the state was written. False if a message of the
 * provider reports the action, because the provider has just read the run. A deletion has no such message, because
 * Pulumi does not call the provider before a deletion.
 */
export function mayHaveEnded({ aborts, reasons }: Pick<PlannedExecution, "aborts" | "reasons">): boolean {
  return aborts !== undefined && !reasons.some((text) => VERBS.test(text));
}

/**
 * Returns what a command does with an execution (`what`), and the reasons (`why`). The reasons do not repeat the
 * action.
 */
export function described({ action, aborts, leaves, mayStart, reasons }: PlannedExecution): {
  readonly what: string;
  readonly why: string;
} {
  const message = reasons.find((text) => VERBS.test(text));
  const others = reasons.filter((text) => text !== message);
  if (message !== undefined) {
    const shown = leaves === undefined ? message : message.replace(...LEAVES).replace(...MAY_LEAVE);
    const [, does = shown, why] = /^((?:[^:(]|\([^)]*\))*): (.*)$/s.exec(shown) ?? [];
    // A message about an unclear start does not say what happens to a run of this start.
    const what = leaves === "" ? `${does}; ${goesOn(leaves, "")}` : does;
    return { what, why: [...(why === undefined ? [] : [why]), ...others].join("; ") };
  }
  const ends = aborts === undefined ? "" : `aborts run ${aborts} if it is active, and `;
  const left = leaves === undefined ? "" : `; ${goesOn(leaves, `run ${leaves}`)}`;
  return { what: `${ends}${mayStart ? "may start a run" : HAPPENS[action]}${left}`, why: reasons.join("; ") };
}

/** The words of a provider's message about a run that the engine leaves, because the state has `retainOnDelete`. */
const LEAVES = [/^aborts run /, "leaves run "] as const;
const MAY_LEAVE = [/^may start a new run and end /, "may start a new run next to "] as const;

/**
 * Matches the first words of a provider's message if the message reports an action. Any other message gives a reason.
 */
const VERBS = /^(aborts|leaves|starts|may start|adopts|stops|resumes|records|looks again)\b/;

const HAPPENS: Readonly<Record<PlannedAction, string>> = {
  start: "starts a run",
  adopt: "adopts a run",
  replace: "starts a new run",
  update: "is updated",
  delete: "is deleted",
  keep: "is kept",
};

/** Removes the time at which the provider read a run, because this time differs between previews. */
function withoutTimes(text: string): string {
  return text.replace(/ at \d\d:\d\d:\d\d UTC\b/g, "");
}
