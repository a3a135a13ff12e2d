import { unknownMarker } from "../compose";
import type { WhenUnverified } from "./gaps";
import type { RunPolicy } from "./policy";
import type { ProjectInputs } from "./project/record";

/** What "done" means for a run. */
export type WaitFor = "accepted" | "running" | "completed";

/** What deleting the resource does to a run that has not ended. */
export type OnDelete = "abort" | "leave";

/** Credentials for the registry that images are pulled from (`docker_registry_credential_type` and its fields). */
export type RegistryCredentials =
  | { readonly type: "basic"; readonly username: string; readonly password: string }
  | {
      readonly type: "aws";
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
      readonly region?: string;
    };

/** Deadlines in seconds; an absent one takes its default. */
export interface Clocks {
  /** From the start to the first sight of `running`. Default 1200. */
  readonly queue?: number;
  /** From the first sight of `running` to the end. Default `timeout` + `gracefulTimeout` + 120. */
  readonly run?: number;
  /** The whole wait. Default queue + run. */
  readonly total?: number;
  /** From the abort to the proven end. Default grace as sent + 60. */
  readonly delete?: number;
}

/** The resource option `customTimeouts`, in seconds; the engine does not hand it to a dynamic provider, so the class does. */
export interface CustomTimeouts {
  readonly create?: number;
  readonly update?: number;
  readonly delete?: number;
}

/** The inputs of an execution after check: complete, typed, defaults written in. Secrets are in clear here. */
export interface ExecutionInputs {
  readonly urn: string;
  /** The stack's random secret (the scope); keys and digests are made under it. */
  readonly scope: string;
  /** The text that is sent. Of a project it is there only once it is about to be started; absent when a run is adopted by id. */
  readonly composeText?: string;
  /** What is recorded of the project that `composeFile` names. */
  readonly project?: ProjectInputs;
  /** Secret values of the project's files, once its text is there. */
  readonly projectSecrets?: readonly string[];
  /** Values of the variables that are secret. */
  readonly secretVariables: readonly string[];
  readonly executionType: string;
  readonly timeout: number;
  readonly gracefulTimeout: number;
  readonly fileName?: string;
  readonly enableS3Mount: boolean;
  readonly userCallbackUrls?: readonly string[];
  readonly registryCredentials?: RegistryCredentials;
  readonly triggers: readonly unknown[];
  readonly waitFor: WaitFor;
  readonly whenFailed?: RunPolicy;
  readonly whenAborted?: RunPolicy;
  readonly whenLost?: RunPolicy;
  /** What to do when the lookup before a start is incomplete; the stack's setting, then `start`, when absent. */
  readonly whenUnverified?: WhenUnverified;
  readonly runOnEveryUp: boolean;
  readonly existingExecutionId?: string;
  readonly adoptEndedWithin: number;
  readonly onDelete: OnDelete;
  readonly deleteRecord: boolean;
  readonly failureOutput: boolean;
  readonly clocks: Clocks;
  readonly customTimeouts: CustomTimeouts;
  /** The resource option `replaceOnChanges`: inputs, by name or path or `*`, whose change starts a new run. */
  readonly replaceOnChanges?: readonly string[];
  /** Names of inputs that the program marked secret: the provider gets their values unwrapped. */
  readonly secretInputs: readonly string[];
}

/** Defaults that check writes into the inputs, so that a later default replaces nobody's run. */
export const INPUT_DEFAULTS = {
  executionType: "cpu",
  timeout: 60,
  gracefulTimeout: 10,
  enableS3Mount: false,
  triggers: [] as readonly unknown[],
  waitFor: "running",
  adoptEndedWithin: 3600,
  runOnEveryUp: false,
  deleteRecord: false,
  failureOutput: true,
} as const;

/** Whether an unknown hides anywhere inside a value. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value === "string") return value.includes(unknownMarker);
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(containsUnknown);
  return false;
}
