import { isExecutionType } from "../../provider/declared";
import type { ObservedCommand, ReportedMessage } from "./events";
import type { PendingOperation } from "./pending";
import { hasNotSucceeded, type RecordedExecution, type RecordedStack } from "./state";
import { nameOf } from "./urn";

/** How an apply or a destroy ended. */
export type ApplyEnding = "succeeded" | "failed" | "stopped" | "locked";

/** What became of an execution. */
export interface AppliedExecution {
  readonly name: string;
  readonly urn: string;
  readonly executionId: string;
  /** What was done: `started`, `replaced`, `updated`, `deleted`, `kept`. */
  readonly done: string;
  readonly status: string;
  readonly returnCode: number | undefined;
  readonly failedService: string | undefined;
  readonly waitFor: string;
  /** Whether it is awaited to its end, and has not succeeded. */
  readonly hasNotSucceeded: boolean;
}

/** What an apply or a destroy has done. */
export interface ApplyData {
  readonly project: string;
  readonly stack: string;
  readonly ending: ApplyEnding;
  readonly executions: readonly AppliedExecution[];
  /** What a killed command has left, and a command that succeeded did not settle. */
  readonly pending: readonly PendingOperation[];
  readonly messages: readonly ReportedMessage[];
}

const DONE: Readonly<Record<string, string>> = {
  create: "started",
  "create-replacement": "replaced",
  replace: "replaced",
  update: "updated",
  delete: "deleted",
};

/** What is made of the events of an apply and of the state after it. */
export function applyData(
  about: Pick<ApplyData, "project" | "stack" | "ending">,
  { steps, messages }: ObservedCommand,
  { executions, pending }: RecordedStack,
): ApplyData {
  const done = new Map<string, string>();
  for (const { urn, op } of steps) if (DONE[op] !== undefined && !done.has(urn)) done.set(urn, DONE[op]);
  const deleted = steps
    .filter(
      ({ op, type, urn }) => op === "delete" && isExecutionType(type) && !executions.some((one) => one.urn === urn),
    )
    .map(({ urn, oldOutputs }) => ({
      ...nothingOf(urn),
      executionId: String(oldOutputs.executionId ?? ""),
      done: "deleted",
    }));
  const applied = executions.map((execution) => ({ ...appliedOf(execution), done: done.get(execution.urn) ?? "kept" }));
  const texts = messages.flatMap(({ severity, urn, text }) =>
    severity === "info" || /^(update|destroy) failed$/.test(text)
      ? []
      : [{ severity, name: urn === undefined ? "" : nameOf(urn), text }],
  );
  return {
    ...about,
    executions: [...applied, ...deleted].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    pending: about.ending === "succeeded" ? pending : [],
    messages: [...new Map(texts.map((message) => [JSON.stringify(message), message])).values()],
  };
}

function appliedOf(execution: RecordedExecution): Omit<AppliedExecution, "done"> {
  const { status, returnCode, failedService, executionId } = execution.outputs;
  const { name, urn, waitFor } = execution;
  return {
    name,
    urn,
    executionId,
    status,
    returnCode,
    failedService,
    waitFor,
    hasNotSucceeded: hasNotSucceeded(execution),
  };
}

function nothingOf(urn: string) {
  return {
    name: nameOf(urn),
    urn,
    status: "",
    returnCode: undefined,
    failedService: undefined,
    waitFor: "",
    hasNotSucceeded: false,
  };
}
