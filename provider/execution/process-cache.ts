import type { ExecutionOutputs } from "./outputs";

/**
 * What one provider process has seen. Within a command, diff and delete of a resource come before its create, so the
 * process knows which resources are recorded and which runs it has ended itself.
 */
export interface ProcessCache {
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
  acceptLoss(executionId: string): void;
  isLossAccepted(executionId: string): boolean;
  /** When the replacement of a resource's run was rehearsed, before the run was aborted. Milliseconds since the epoch. */
  rehearsed(urn: string, at: number): void;
  rehearsedAt(urn: string): number | undefined;
  /** True the first time a line is asked for: a warning is reported once in a command. */
  firstTime(line: string): boolean;
}

/** An empty cache. */
export function createProcessCache(): ProcessCache {
  const attempts = new Map<string, number>();
  const knownIds = new Set<string>();
  const rehearsals = new Map<string, number>();
  const acceptedLosses = new Set<string>();
  const printed = new Set<string>();
  return {
    sawRecorded: (urn, attempt, executionId) => {
      knownIds.add(executionId);
      if (urn !== "") attempts.set(urn, Math.max(attempt, attempts.get(urn) ?? 0));
    },
    recordedAttempt: (urn) => attempts.get(urn),
    deleted: (executionId) => knownIds.add(executionId),
    started: (executionId) => knownIds.add(executionId),
    isKnown: (executionId) => knownIds.has(executionId),
    acceptLoss: (executionId) => acceptedLosses.add(executionId),
    isLossAccepted: (executionId) => acceptedLosses.has(executionId),
    rehearsed: (urn, at) => rehearsals.set(urn, at),
    rehearsedAt: (urn) => rehearsals.get(urn),
    firstTime: (line) => !printed.has(line) && printed.add(line) !== undefined,
  };
}

/** Notes a recorded run. */
export function noteRecorded(cache: ProcessCache, outputs: ExecutionOutputs): void {
  cache.sawRecorded(outputs.resourceUrn, outputs.attempt, outputs.executionId);
}
