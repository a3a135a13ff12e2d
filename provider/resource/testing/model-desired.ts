import { urnOf } from "./model-engine";

export type Policy = "rerun" | "keep" | "fail";
export type WaitFor = "accepted" | "running" | "completed";
export type Shortfall = "failed" | "aborted" | "lost";

/** What the program of the model wants of one resource: every axis of the lifecycle. */
export interface Wish {
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

/** The wish that most people have. */
export const PLAIN_WISH: Wish = {
  text: 1,
  machine: "cpu",
  triggers: 0,
  credentials: 0,
  waitFor: "running",
  runOnEveryUp: false,
  adoptEndedWithin: 3600,
  deleteRecord: false,
};

/** Clocks short enough for a story; the service's scripts are shorter. Seconds. */
export const CLOCKS = { queue: 120, run: 120, delete: 60 };

/** What calls for a new run when it changes. */
export function identityOf(wish: Wish): string {
  return `${wish.text}|${wish.machine}|${wish.triggers}`;
}

/** The arguments of a wish. Callbacks are no part of a run's identity: they carry what the model wants to know of a start. */
export function argumentsOf(name: string, wish: Wish): Record<string, unknown> {
  const { text, machine, triggers, credentials, ...rest } = wish;
  return {
    ...rest,
    composeFileCode: `services:\n  ${name}:\n    image: busybox:${text}\n`,
    executionType: machine,
    triggers: [triggers],
    ...(credentials === 0
      ? {}
      : { registryCredentials: { type: "basic", username: "u", password: `p${credentials}` } }),
    userCallbackUrls: [`https://mark.example/#${encodeURIComponent(JSON.stringify(markOf(name, wish)))}`],
    clocks: CLOCKS,
  };
}

/** What a run carries of the wish it was started for. */
export interface Mark {
  readonly urn: string;
  readonly identity: string;
  readonly onDelete: "abort" | "leave";
}

function markOf(name: string, wish: Wish): Mark {
  return { urn: urnOf(name), identity: identityOf(wish), onDelete: wish.onDelete ?? "abort" };
}

/** Reads a mark back from the callbacks of a start; a run without one is none of the model's. */
export function readMark(urls: readonly string[] | undefined): Mark | undefined {
  const hash = urls?.[0]?.split("#")[1];
  return hash === undefined ? undefined : (JSON.parse(decodeURIComponent(hash)) as Mark);
}
