import { adoptsRun, isExecutionType, knownText } from "../../provider/declared";
import { hasEnded } from "../../provider/lyceum/status";
import { parseRecorded } from "../../provider/schema";
import type { ObservedCommand, ObservedStep } from "./events";
import { nameOf } from "./urn";

/** What becomes of an execution. */
export type PlannedAction = "start" | "adopt" | "replace" | "update" | "delete" | "keep";

/** An execution in a preview. */
export interface PlannedExecution {
  readonly name: string;
  readonly urn: string;
  readonly action: PlannedAction;
  /** Why, in words of the provider. */
  readonly reasons: readonly string[];
  /** The run that would be aborted, where it is still active then. */
  readonly aborts: string | undefined;
  readonly executionType: string | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly waitFor: string | undefined;
  /** Its inputs, with secrets masked; empty where it is deleted. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

const ACTIONS: Readonly<Record<string, PlannedAction>> = {
  create: "start",
  replace: "replace",
  "create-replacement": "replace",
  update: "update",
  delete: "delete",
  same: "keep",
};

/** Whether an action starts a run. */
export function startsRun({ action }: Pick<PlannedExecution, "action">): boolean {
  return action === "start" || action === "replace";
}

/** The executions in a preview, sorted by name: the order of events differs from one preview to the next. */
export function plannedExecutions({ steps, messages }: ObservedCommand): readonly PlannedExecution[] {
  const byUrn = new Map<string, ObservedStep>();
  for (const step of steps) {
    if (!isExecutionType(step.type) || ACTIONS[step.op] === undefined) continue;
    // A replacement has several steps: the one with the new inputs is as good as another.
    if (!byUrn.has(step.urn)) byUrn.set(step.urn, step);
  }
  return [...byUrn.values()]
    .map((step) => {
      const own = messages.filter(({ urn, severity }) => urn === step.urn && severity === "info");
      return planned(step, [...new Set(own.map(({ text }) => withoutTimes(text)))]);
    })
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

function planned(step: ObservedStep, messages: readonly string[]): PlannedExecution {
  const { inputs, urn, oldInputs } = step;
  const action = actionOf(step);
  const current = action === "delete" ? oldInputs : inputs;
  return {
    name: nameOf(urn),
    urn,
    action,
    reasons: messages.length > 0 ? messages : reasonsWithoutMessage(action, step.keys),
    aborts: abortedRun(step, action, messages),
    executionType: knownText(current.executionType),
    timeout: typeof current.timeout === "number" ? current.timeout : undefined,
    waitFor: knownText(current.waitFor),
    inputs,
  };
}

/** An execution whose run is named by its id adopts it: nothing starts. */
function actionOf({ op, inputs }: ObservedStep): PlannedAction {
  const action = ACTIONS[op] ?? "keep";
  return (action === "start" || action === "replace") && adoptsRun(inputs) ? "adopt" : action;
}

function reasonsWithoutMessage(action: PlannedAction, keys: readonly string[]): readonly string[] {
  if (action === "adopt") return ["existingExecutionId names it"];
  if (action === "start") return ["it is new in the program"];
  if (action === "delete") return ["it is no longer in the program"];
  if (action === "replace") return [keys.length === 0 ? "a replacement was requested" : `${keys.join(", ")} changed`];
  return [];
}

/** The run that a replacement or a deletion ends. What the provider has just observed of it is in its message. */
function abortedRun(
  { oldOutputs }: ObservedStep,
  action: PlannedAction,
  messages: readonly string[],
): string | undefined {
  if (action === "start" || action === "update" || action === "keep") return undefined;
  const { executionId, onDelete, missing, ...recorded } = parseRecorded(oldOutputs);
  if (executionId === "" || onDelete === "leave" || missing === "forgotten" || hasEnded(recorded)) return undefined;
  if (messages.some((text) => text.includes(`in place of run ${executionId}`))) return undefined;
  return executionId;
}

/** The time at which the provider looked at a run is another one in each preview. */
function withoutTimes(text: string): string {
  return text.replace(/ at \d\d:\d\d:\d\d UTC\b/g, "");
}
