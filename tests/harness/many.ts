import type { LedgerRun } from "./emulator/control";
import type { Scenario } from "./scenario";
import type { RunningStep, StepOptions } from "./step";
import { waitUntil } from "./wait";

/** One execution of the program `tests/programs/many`: its arguments, and the script for the emulator. */
export interface Declared {
  readonly image?: string;
  readonly script?: Readonly<Record<string, unknown>>;
  /** The name of an earlier execution. This execution has the id of the earlier one as a trigger. */
  readonly triggeredBy?: string;
  /** Names of earlier executions that must be registered before this execution. */
  readonly after?: readonly string[];
  /** Resource options. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly [argument: string]: unknown;
}

/** The declaration of a scenario about many executions, without its folder. */
export const MANY = { program: "../../programs/many", namedByLabel: true } as const;

/**
 * Arguments with which all runs start at once, so that requests have no fixed order. A failed resource does not stop
 * the others.
 */
export const AT_ONCE = ["--parallel", "32", "--continue-on-error"] as const;

/** Writes the executions that the program declares. */
export function declare(scenario: Scenario, executions: Readonly<Record<string, Declared>>): void {
  scenario.work.write("executions.json", JSON.stringify(executions, null, 2));
}

/** Returns the latest run of an execution. */
export async function latest(scenario: Scenario, name: string): Promise<LedgerRun> {
  return latestOf(await scenario.runs(), name);
}

function latestOf(runs: readonly LedgerRun[], name: string): LedgerRun {
  const run = runs.filter(({ fileName }) => labelOf(fileName) === name).at(-1);
  if (run === undefined) throw new Error(`There is no run of ${name}.`);
  return run;
}

/** Returns the number of runs of each execution. */
export async function starts(scenario: Scenario): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { fileName } of await scenario.runs()) {
    const label = labelOf(fileName);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

/** Waits until the latest run of each of these executions has a status. */
export async function untilAll(scenario: Scenario, names: readonly string[], status: string): Promise<void> {
  await waitUntil(`${names.join(", ")} to be ${status}`, async () => {
    const runs = await scenario.runs();
    return names.every((name) => runs.filter(({ fileName }) => labelOf(fileName) === name).at(-1)?.status === status);
  });
}

/** Ends the latest run of each of these executions. */
export async function endAll(
  scenario: Scenario,
  names: readonly string[],
  status: "completed" | "failed" | "aborted",
): Promise<void> {
  const returnCode = { completed: 0, failed: 3, aborted: 143 }[status];
  const runs = await scenario.runs();
  for (const name of names) await scenario.control.end(latestOf(runs, name).executionId, { status, returnCode });
}

/** Starts an `up` of many executions at once. Returns while the command is running. */
export function beginUp(scenario: Scenario, title: string, options: StepOptions = {}): RunningStep {
  const args = ["up", "--yes", "--skip-preview", ...AT_ONCE];
  return scenario.beginStep(title, args, { requests: "at once", ...options });
}

function labelOf(fileName: string | null | undefined): string {
  return /^[a-z0-9]+-(.*)$/s.exec(fileName ?? "")?.[1] ?? "";
}
