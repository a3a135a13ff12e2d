import type { ExecutionOutputs } from "./outputs";

/**
 * What one provider process has seen. Within a command, diff and delete of a resource come before its create, so the
 * process knows which resources are recorded and which runs it has ended itself.
 */
export interface Memory {
  /** Notes that a resource was met with a recorded run. */
  sawRecorded(urn: string, attempt: number, executionId: string): void;
  /** The highest attempt met for a resource, or `undefined` when this process has not seen it recorded. */
  recordedAttempt(urn: string): number | undefined;
  /** Notes that this process deleted (or replaced) the run. */
  deleted(executionId: string): void;
  /** Notes that this process started the run. */
  started(executionId: string): void;
  /** Whether this process has seen the run recorded, has started it, or has deleted it: a lookup never adopts such a run. */
  isKnown(executionId: string): boolean;
  /** Notes that a lost run is to be replaced because the program says so: its delete then needs no proof. */
  giveUp(executionId: string): void;
  isGivenUp(executionId: string): boolean;
  /** Inputs of the last command, as check was given them: they only explain a change, they never decide one alone. */
  rememberOldInputs(urn: string, inputs: Readonly<Record<string, unknown>>): void;
  oldInputs(urn: string): Readonly<Record<string, unknown>> | undefined;
  /**
   * Inputs that check was given for a resource as a new one. When its recorded run is deleted later in the same command, it is
   * replaced by these.
   */
  planCreate(urn: string, inputs: Readonly<Record<string, unknown>>): void;
  plannedCreate(urn: string): Readonly<Record<string, unknown>> | undefined;
  /** When the replacement of a resource's run was rehearsed, before the run was aborted. Milliseconds since the epoch. */
  rehearsed(urn: string, at: number): void;
  rehearsedAt(urn: string): number | undefined;
  /** Notes which URN the program gives to a resource that is recorded under another one (or the same). */
  renamed(recordedUrn: string, urn: string): void;
  /** The URN of a recorded resource in this command's program; the recorded one when the program has not declared it. */
  currentUrn(recordedUrn: string): string;
  /** Between a read and the next check the engine is refreshing: its diff then only looks, and nothing will come of it. */
  refreshing(urn: string, begun: boolean): void;
  isRefreshing(urn: string): boolean;
  /** True the first time a line is asked for: a warning is said once in a command. */
  firstTime(line: string): boolean;
}

/** An empty memory. */
export function createMemory(): Memory {
  const attempts = new Map<string, number>();
  const knownIds = new Set<string>();
  const inputsBefore = new Map<string, Readonly<Record<string, unknown>>>();
  const planned = new Map<string, Readonly<Record<string, unknown>>>();
  const rehearsals = new Map<string, number>();
  const givenUp = new Set<string>();
  const urns = new Map<string, string>();
  const said = new Set<string>();
  const refreshed = new Set<string>();
  return {
    sawRecorded: (urn, attempt, executionId) => {
      knownIds.add(executionId);
      if (urn !== "") attempts.set(urn, Math.max(attempt, attempts.get(urn) ?? 0));
    },
    recordedAttempt: (urn) => attempts.get(urn),
    deleted: (executionId) => knownIds.add(executionId),
    started: (executionId) => knownIds.add(executionId),
    isKnown: (executionId) => knownIds.has(executionId),
    giveUp: (executionId) => givenUp.add(executionId),
    isGivenUp: (executionId) => givenUp.has(executionId),
    rememberOldInputs: (urn, inputs) => inputsBefore.set(urn, inputs),
    oldInputs: (urn) => inputsBefore.get(urn),
    planCreate: (urn, inputs) => planned.set(urn, inputs),
    plannedCreate: (urn) => planned.get(urn),
    rehearsed: (urn, at) => rehearsals.set(urn, at),
    rehearsedAt: (urn) => rehearsals.get(urn),
    renamed: (recordedUrn, urn) => urns.set(recordedUrn, urn),
    currentUrn: (recordedUrn) => urns.get(recordedUrn) ?? recordedUrn,
    refreshing: (urn, begun) => (begun ? refreshed.add(urn) : refreshed.delete(urn)),
    isRefreshing: (urn) => refreshed.has(urn),
    firstTime: (line) => !said.has(line) && said.add(line) !== undefined,
  };
}

/** Notes a recorded run in memory. */
export function noteRecorded(memory: Memory, outputs: ExecutionOutputs): void {
  memory.sawRecorded(outputs.resourceUrn, outputs.attempt, outputs.executionId);
}
