import {
  type AnswerFault,
  type FaultCount,
  type FaultMatch,
  type InjectedFault,
  isViewFault,
  type ViewFault,
} from "./fault";

/** The run that a request is about. A request that starts a run has only `fileName`. Other requests may name no run. */
export interface FaultSubject {
  readonly executionId?: string | undefined;
  readonly fileName?: string | null | undefined;
}

/** A {@link ViewFault} that has an effect on a request. */
export interface ActiveView {
  readonly id: string;
  readonly match: FaultMatch;
  readonly fault: ViewFault;
}

/** The faults that have an effect on a request. */
export interface FaultDecision {
  /** The first fault that replaces, changes or delays the answer. */
  readonly answer?: { readonly id: string; readonly fault: AnswerFault };
  readonly views: readonly ActiveView[];
  /** The new counts of each fault, by the id of the fault. */
  readonly counts: ReadonlyMap<string, FaultCount>;
}

const UNUSED: FaultCount = { matched: 0, fired: 0 };

/**
 * Decides which faults have an effect on a request. Only one {@link AnswerFault} can have an effect. The answer faults
 * after it are skipped, and do not count the request.
 */
export function decideFaults(
  faults: readonly InjectedFault[],
  counts: ReadonlyMap<string, FaultCount>,
  request: { readonly operation: string } & FaultSubject,
): FaultDecision {
  const next = new Map(counts);
  const views: ActiveView[] = [];
  let answer: FaultDecision["answer"];
  for (const injected of faults) {
    const { id, fault, match } = injected;
    if (injected.operation !== "*" && injected.operation !== request.operation) continue;
    const isView = isViewFault(fault);
    // A view fault changes how single runs are shown, and an answer may show many runs. So `match` of a view fault is
    // compared with each run later.
    if (!isView && (answer !== undefined || !matches(match, request))) continue;
    const count = next.get(id) ?? UNUSED;
    const fires = count.matched >= injected.after && (injected.times === "always" || count.fired < injected.times);
    next.set(id, { matched: count.matched + 1, fired: count.fired + (fires ? 1 : 0) });
    if (!fires) continue;
    if (isView) views.push({ id, match, fault });
    else answer = { id, fault };
  }
  return { ...(answer === undefined ? {} : { answer }), views, counts: next };
}

/** Returns whether a fault matches a run, or a request about a run. */
export function matches(match: FaultMatch, subject: FaultSubject): boolean {
  if (match.executionId !== undefined && match.executionId !== subject.executionId) return false;
  return match.fileNamePrefix === undefined || (subject.fileName ?? "").startsWith(match.fileNamePrefix);
}
