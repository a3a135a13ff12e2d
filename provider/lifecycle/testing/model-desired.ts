import { urnOf } from "./model-engine";

export type Policy = "rerun" | "keep" | "fail";
export type WaitFor = "accepted" | "running" | "completed";
export type Shortfall = "failed" | "aborted" | "lost";

/** What the program of the model wants of one resource: every axis of the lifecycle. */
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
};

/** Clocks short enough for a scenario; the service's scripts are shorter. Seconds. */
export const CLOCKS = { queue: 120, run: 120, delete: 60 };

/** What calls for a new run when it changes. */
export function identityOf(desired: DesiredRun): string {
  return `${desired.text}|${desired.machine}|${desired.triggers}`;
}

/**
 * The arguments of a desired run. Callbacks are no part of a run's identity: they carry what the model wants to know of
 * a start.
 */
export function argumentsOf(name: string, desired: DesiredRun): Record<string, unknown> {
  const { text, machine, triggers, credentials, ...rest } = desired;
  return {
    ...rest,
    composeFileCode: `services:\n  ${name}:\n    image: busybox:${text}\n`,
    executionType: machine,
    triggers: [triggers],
    ...(credentials === 0
      ? {}
      : { registryCredentials: { type: "basic", username: "u", password: `p${credentials}` } }),
    userCallbackUrls: [`https://mark.example/#${encodeURIComponent(JSON.stringify(markOf(name, desired)))}`],
    clocks: CLOCKS,
  };
}

/** What a run carries of the desired run it was started for. */
export interface Mark {
  readonly urn: string;
  readonly identity: string;
  readonly onDelete: "abort" | "leave";
}

function markOf(name: string, desired: DesiredRun): Mark {
  return { urn: urnOf(name), identity: identityOf(desired), onDelete: desired.onDelete ?? "abort" };
}

/** Reads a mark back from the callbacks of a start; a run without one is none of the model's. */
export function readMark(urls: readonly string[] | undefined): Mark | undefined {
  const hash = urls?.[0]?.split("#")[1];
  return hash === undefined ? undefined : (JSON.parse(decodeURIComponent(hash)) as Mark);
}
