import type { ModelRun } from "../../../lifecycle/testing/model-service";
import type { OptionalCall } from "../../../lyceum/capability";
import { DEVIATIONS, type DeviationName } from "./deviations";
import { createStack, type Declared, GOING, LONG, type Stack } from "./stack";

/**
 * The commands that `capability-matrix.test.ts` executes. During a command, some calls deviate from the API: for
 * example, the list of active runs answers 403.
 */
export const COMMANDS = [
  "first up",
  "no-change up",
  "replacement of a running run",
  "recovery after SIGKILL",
  "refresh",
  "destroy",
  "up to a completed run",
  "up to a failed run",
] as const;

/** The name of a command of the matrix. */
export type CommandName = (typeof COMMANDS)[number];

/** The calls that deviate, and how. */
export type Deviating = Readonly<Partial<Record<OptionalCall, DeviationName>>>;

/** The result of one command with one deviation. */
export interface Cell {
  readonly kind: "ok" | "failed";
  readonly errors: readonly string[];
  /** Warnings of the command. */
  readonly warnings: readonly string[];
  /** Starts and aborts that the command sent, in order. */
  readonly writes: readonly string[];
  /** Runs that are active after the command. */
  readonly running: readonly string[];
  /**
   * The result of the recovery, while the calls still deviate. The recovery is `onDelete: "leave"`, then `up`, then
   * `destroy`.
   */
  readonly recovery: "ok" | readonly string[];
}

/** Executes one command with a service in which some calls deviate, and returns the result. */
export async function play(command: CommandName, deviating: Deviating, declared: Declared = {}): Promise<Cell> {
  const toEnd = command === "up to a completed run" || command === "up to a failed run";
  const stack = createStack(scriptOf(command));
  const { service } = stack;

  if (command === "recovery after SIGKILL") {
    deviate(stack, deviating);
    const at = await momentOfAnswer(deviating, declared);
    await stack.run("up", declared, { at, victim: "both" });
  } else if (command !== "first up" && !toEnd) {
    await stack.run("up", declared);
  }
  deviate(stack, deviating);
  const changed: Declared = command === "replacement of a running run" ? { ...declared, text: 2 } : declared;
  const isUp = command !== "refresh" && command !== "destroy";
  const done = await stack.run(isUp ? "up" : command, toEnd ? { ...changed, waitFor: "completed" } : changed);
  const running = service.runs.filter(
    (each) => service.stateOf(each).endedAt === undefined && each.abortedAt === undefined,
  );
  await stack.run("up", { ...changed, onDelete: "leave", waitFor: "accepted" });
  const end = await stack.run("destroy");
  return {
    kind: done.result.kind === "ok" ? "ok" : "failed",
    errors: done.result.errors,
    warnings: done.warnings,
    writes: done.requests
      .map((line) => line.split(" ")[0] ?? "")
      .filter((operation) => operation === "startComposeExecution" || operation === "abortWorkload"),
    running: running.map((each) => each.executionId),
    recovery: end.result.kind === "ok" ? "ok" : end.result.errors,
  };
}

function deviate({ http }: Stack, deviating: Deviating): void {
  for (const [call, name] of Object.entries(deviating)) http.deviate(call as OptionalCall, DEVIATIONS[name]);
}

/** Returns the statuses of the runs of a command, by seconds after the start. */
function scriptOf(command: CommandName): ModelRun["script"] {
  if (command === "up to a failed run") return [...GOING, { after: 10, status: "failed", returnCode: 3 }];
  if (command === "up to a completed run") return [...GOING, { after: 10, status: "completed", returnCode: 0 }];
  return LONG;
}

/**
 * Returns the moment (see `Kill.at`) at which Lyceum has answered the start, but nothing is recorded yet. Executes the
 * same command once without a kill to find this moment.
 */
async function momentOfAnswer(deviating: Deviating, declared: Declared): Promise<number> {
  const trial = createStack(scriptOf("recovery after SIGKILL"));
  deviate(trial, deviating);
  return (await trial.run("up", declared)).answeredAt;
}
