import type { Properties } from "../schema";

/**
 * The inputs of a resource as a host hands them over, and gets them back from check. Secrets are in clear. What is not known
 * yet at preview holds the marker for unknown text. Nothing here is checked: a host only sorts.
 */
export interface ResourceInputs {
  /** URN of the resource in the program; empty where the host does not know it. */
  readonly urn: string;
  /** The arguments by name, and the canonical model of a compose project (`compose`). */
  readonly values: Properties;
  /** The stack's random secret. */
  readonly scope?: unknown;
  /** Names of arguments that are secret; of `variables` each by itself (`variables.PASSWORD`). */
  readonly secrets?: unknown;
  /** The resource option `customTimeouts`, in seconds. */
  readonly timeouts?: unknown;
  /** The resource option `replaceOnChanges`. */
  readonly replaceOnChanges?: unknown;
  /** Names of arguments whose value is a default. Made by check. */
  readonly defaults?: unknown;
  /** Digests of a compose project. Made by check. */
  readonly projectRecord?: unknown;
  /** The folder that the program runs in, and the environment that it passes on. Never recorded. */
  readonly program?: unknown;
}

/** No inputs, as of a resource that is not recorded. */
export const NO_INPUTS: ResourceInputs = { urn: "", values: {} };

/** A resource as it is recorded. */
export interface RecordedState {
  /** Id of the run. */
  readonly id: string;
  /** URN that the resource had when it was recorded; empty where the state does not say. */
  readonly urn: string;
  /** The recorded outputs by name. */
  readonly properties: Properties;
}
