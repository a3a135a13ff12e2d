import { type DesiredRun, identityOf, type Policy, type Shortfall, type WaitFor } from "./model-desired";

// The model's own reading of the contract. It shares nothing with the provider's tables, so that each checks the other.

/** What really is with a run. */
export type Truth = "going" | "stopping" | "ok" | "failed" | "aborted";

/** A run as the service, and nobody else, knows it. */
export interface TrueRun {
  readonly id: string;
  readonly identity: string;
  readonly truth: Truth;
  /** Whether it has ever been seen running, or better. */
  readonly hasRun: boolean;
  /** Whether anybody who asks is shown it. */
  readonly visible: boolean;
  /** Seconds since its end. */
  readonly endedAgo: number;
}

/** What the state says of a resource, as a person would read it. */
export interface Recorded {
  readonly run: TrueRun;
  readonly lost: boolean;
  /** The service shows nobody the run, and nobody has recorded its end: with `whenLost: "rerun"` an `up` finds out by itself. */
  readonly forgottenUnseen: boolean;
  /** Taken over by its id. */
  readonly adopted: boolean;
  /** Aborted for a replacement that was not started. */
  readonly awaitsStart: boolean;
  readonly credentials: number;
}

/** The policy of a desired run for a shortfall. */
export function policyOf(shortfall: Shortfall, desired: DesiredRun): Policy {
  const chosen = { failed: desired.whenFailed, aborted: desired.whenAborted, lost: desired.whenLost }[shortfall];
  if (chosen !== undefined) return chosen;
  if (shortfall === "lost") return "fail";
  return desired.waitFor === "completed" ? "rerun" : "keep";
}

/** Whether a run is where the program wants it. */
export function isThere(waitFor: WaitFor, run: TrueRun): boolean {
  if (run.truth === "ok") return true;
  if (run.truth === "stopping") return waitFor === "accepted";
  return run.truth === "going" && (waitFor === "accepted" || (waitFor === "running" && run.hasRun));
}

/** Why a start is right for a recorded resource; `undefined` when nothing calls for one. */
export function reasonToReplace(recorded: Recorded, desired: DesiredRun): string | undefined {
  const { run, lost, adopted } = recorded;
  if (desired.existingExecutionId !== undefined) return undefined;
  if (recorded.awaitsStart) return "its replacement was not started";
  if (adopted) return "existingExecutionId was removed";
  if (run.identity !== identityOf(desired)) return "inputs changed";
  if (lost) return policyOf("lost", desired) === "rerun" ? "lost" : undefined;
  if (recorded.forgottenUnseen && policyOf("lost", desired) === "rerun") return "lost";
  if (run.truth === "failed" || run.truth === "aborted") {
    if (policyOf(run.truth, desired) === "rerun") return run.truth;
    if (policyOf(run.truth, desired) === "keep" && desired.runOnEveryUp) return "every up";
    return run.truth === "failed" && recorded.credentials !== desired.credentials ? "credentials changed" : undefined;
  }
  return desired.runOnEveryUp && isThere(desired.waitFor, run) ? "every up" : undefined;
}

/** The run that a start would be wrong for, because it has to be adopted; `undefined` when there is none. */
export function runToAdopt(latest: readonly TrueRun[], desired: DesiredRun): TrueRun | undefined {
  if (desired.existingExecutionId !== undefined) return undefined;
  const mine = latest.filter((run) => run.visible);
  const going = mine.find((run) => run.truth === "going" && run.identity === identityOf(desired));
  if (going !== undefined) return going;
  const last = mine.at(-1);
  if (last === undefined || last.identity !== identityOf(desired) || last.endedAgo > desired.adoptEndedWithin)
    return undefined;
  if (last.truth === "ok") return last;
  return last.truth === "failed" && policyOf("failed", desired) !== "rerun" ? last : undefined;
}
