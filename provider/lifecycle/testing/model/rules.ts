import { type Declared, urnOf } from "./state";

export type Policy = "rerun" | "keep" | "fail";
export type WaitFor = "accepted" | "running" | "completed";
export type Shortfall = "failed" | "aborted" | "lost";

/** The desired state of one resource in the model's program. Every input on which the lifecycle depends has a field. */
export interface DesiredRun {
  readonly text: number;
  readonly machine: "cpu" | "gpu.a100";
  readonly triggers: number;
  readonly credentials: number;
  readonly waitFor: WaitFor;
  readonly whenFailed?: Policy | undefined;
  readonly whenAborted?: Policy | undefined;
  readonly whenLost?: Policy | undefined;
  readonly runOnEveryUp: boolean;
  readonly adoptEndedWithin: number;
  readonly onDelete?: "abort" | "leave" | undefined;
  readonly deleteRecord: boolean;
  readonly existingExecutionId?: string | undefined;
  /** Pulumi's resource option: the engine removes the resource from the state without a delete. */
  readonly retainOnDelete: boolean;
}

/** The run that most programs declare. */
export const PLAIN_RUN: DesiredRun = {
  text: 1,
  machine: "cpu",
  triggers: 0,
  credentials: 0,
  waitFor: "running",
  runOnEveryUp: false,
  adoptEndedWithin: 3600,
  deleteRecord: false,
  retainOnDelete: false,
};

/** Clocks in seconds. They are short, so that a scenario ends soon. The runs of the model service are even shorter. */
export const CLOCKS = { queue: 120, run: 120, delete: 60 };

/** Returns the part of a desired run whose change starts a new run. */
export function identityOf(desired: DesiredRun): string {
  return `${desired.text}|${desired.machine}|${desired.triggers}`;
}

/**
 * Returns the inputs that a program declares for a desired run. The callback URLs contain the model's own facts about a
 * start (`Mark`), because a change of the callbacks starts no new run. No other input contains the resource's name, so
 * the inputs of a renamed resource require no new run.
 */
export function declared(name: string, desired: DesiredRun): Declared {
  const { text, machine, triggers, credentials, retainOnDelete, ...rest } = desired;
  const values = {
    ...rest,
    composeFileCode: `services:\n  app:\n    image: busybox:${text}\n`,
    executionType: machine,
    triggers: [triggers],
    ...(credentials === 0
      ? {}
      : { registryCredentials: { type: "basic", username: "u", password: `p${credentials}` } }),
    userCallbackUrls: [`https://mark.example/#${encodeURIComponent(JSON.stringify(markOf(name, desired)))}`],
    clocks: CLOCKS,
  };
  return { values, retained: retainOnDelete };
}

/** The model's own facts about a start, which the callback URLs of a run contain. */
export interface Mark {
  readonly urn: string;
  readonly identity: string;
  readonly onDelete: "abort" | "leave";
}

function markOf(name: string, desired: DesiredRun): Mark {
  return { urn: urnOf(name), identity: identityOf(desired), onDelete: desired.onDelete ?? "abort" };
}

const marks = new Map<string, Mark>();

/**
 * Reads the model's facts from the callback URLs of a start. Undefined if none of the model's programs started the run.
 */
export function readMark(urls: readonly string[] | undefined): Mark | undefined {
  const hash = urls?.[0]?.split("#")[1];
  if (hash === undefined) return undefined;
  const mark = marks.get(hash) ?? (JSON.parse(decodeURIComponent(hash)) as Mark);
  marks.set(hash, mark);
  return mark;
}

// The model's own definition of the contract. To check the tables of the provider, this definition uses none of them.

/** The real state of a run. */
export type Truth = "going" | "stopping" | "ok" | "failed" | "aborted";

/** The facts about a run that only the model service knows. */
export interface TrueRun {
  readonly id: string;
  readonly identity: string;
  readonly truth: Truth;
  /** Whether the run has ever had a status of `running`. */
  readonly hasRun: boolean;
  /** Whether any call shows the run. */
  readonly visible: boolean;
  /** Seconds since the run's end. */
  readonly endedAgo: number;
}

/** The facts about a recorded resource, from its state and from the model service. */
export interface Recorded {
  readonly run: TrueRun;
  readonly lost: boolean;
  /**
   * Whether no call shows the run, and the state does not record its end. With `whenLost: "rerun"`, an `up` then treats
   * the run as lost.
   */
  readonly forgottenUnseen: boolean;
  /** Whether the run was adopted by its id. */
  readonly adopted: boolean;
  /** Whether the run was aborted for a replacement that was not started. */
  readonly awaitsStart: boolean;
  readonly credentials: number;
}

/** Returns the policy that applies if a run misses its desired state for the reason `shortfall`. */
export function policyOf(shortfall: Shortfall, desired: DesiredRun): Policy {
  const chosen = { failed: desired.whenFailed, aborted: desired.whenAborted, lost: desired.whenLost }[shortfall];
  if (chosen !== undefined) return chosen;
  if (shortfall === "lost") return "fail";
  return desired.waitFor === "completed" ? "rerun" : "keep";
}

/** Whether a run has reached its desired state. */
export function isThere(waitFor: WaitFor, run: TrueRun): boolean {
  if (run.truth === "ok") return true;
  if (run.truth === "stopping") return waitFor === "accepted";
  return run.truth === "going" && (waitFor === "accepted" || (waitFor === "running" && run.hasRun));
}

/** Returns why a recorded resource needs a new start. `undefined` if it needs none. */
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

/** Returns the run that has to be adopted in place of a start. `undefined` if there is none. */
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
