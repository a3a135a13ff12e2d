import type { OnDelete } from "./inputs";

/**
 * What is recorded of a run. It stays under 1 KB: it never repeats the compose text, and what may hold a secret is
 * there as a keyed digest only.
 */
export interface ExecutionOutputs {
  readonly executionId: string;
  /** The status word as the service gave it (`status`). */
  readonly status: string;
  /** Exit code of the run (`return_code`), once known. */
  readonly returnCode?: number;
  /** Server-sent events of the run (`streaming_url`); its holder can read the output, so it is a secret. */
  readonly streamingUrl?: string;
  /** ISO 8601 (`created_at`, `start_time`, `end_time`). */
  readonly createdAt?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Keyed digest of the canonical compose document; empty when a run was adopted by id without one. */
  readonly composeDigest: string;
  /** Keyed digest of `triggers`. */
  readonly triggersDigest: string;
  /** Which scope the digests were made under: they compare only under the same one. */
  readonly scopeTag: string;
  readonly executionType: string;
  readonly enableS3Mount: boolean;
  /** Seconds, as sent with the start; absent for a run that was taken over, since nothing tells. */
  readonly timeout?: number;
  /** Seconds, as sent with the start: the grace that an abort gives. */
  readonly gracefulTimeout?: number;
  /** Which start of this resource the run was, from 1. */
  readonly attempt: number;
  /** Taken over by its id (`existingExecutionId`): not ours to start again. */
  readonly adopted?: true;
  /** The start key in front of the run's `file_name`; empty for a run adopted by id. */
  readonly startKey: string;
  /** Where the run lives; another base URL or organisation never acts on it. */
  readonly baseUrl: string;
  readonly organisation?: string;
  readonly onDelete: OnDelete;
  /** Whether deleting also removes the record at the service; only there when it does. */
  readonly deleteRecord?: true;
  /** Seconds from the abort to the proven end, when set by the user. */
  readonly deleteClock?: number;
  /** Seconds until `running` is seen, when set by the user. */
  readonly queueClock?: number;
  /** ISO 8601, by this machine's clock: when the start was answered, or the run adopted. */
  readonly requestedAt?: string;
  /**
   * The service answers 404: `forgotten` after an end was seen, or when the run must have ended by its own clocks; `lost`
   * otherwise.
   */
  readonly missing?: "forgotten" | "lost";
  /** URN of the resource, for reports while it is deleted. */
  readonly resourceUrn: string;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const number = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** Drops absent keys: the engine cannot store `undefined`. */
export function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  // A loop: every entry of every list goes through here, and it is three times as fast as making lists of pairs.
  const present: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) {
    const entry = value[key];
    if (entry !== undefined) present[key] = entry;
  }
  return present as T;
}

/** Reads recorded outputs back; whatever an older or damaged state lacks takes the value that does least. */
export function parseOutputs(id: string, state: Readonly<Record<string, unknown>>): ExecutionOutputs {
  return compact<ExecutionOutputs>({
    executionId: text(state.executionId) ?? id,
    status: text(state.status) ?? "unknown",
    returnCode: number(state.returnCode),
    streamingUrl: text(state.streamingUrl),
    createdAt: text(state.createdAt),
    startedAt: text(state.startedAt),
    endedAt: text(state.endedAt),
    composeDigest: text(state.composeDigest) ?? "",
    triggersDigest: text(state.triggersDigest) ?? "",
    scopeTag: text(state.scopeTag) ?? "",
    executionType: text(state.executionType) ?? "",
    enableS3Mount: state.enableS3Mount === true,
    timeout: number(state.timeout),
    gracefulTimeout: number(state.gracefulTimeout),
    attempt: number(state.attempt) ?? 1,
    adopted: state.adopted === true ? true : undefined,
    startKey: text(state.startKey) ?? "",
    baseUrl: text(state.baseUrl) ?? "",
    organisation: text(state.organisation),
    onDelete: state.onDelete === "leave" ? "leave" : "abort",
    deleteRecord: state.deleteRecord === true ? true : undefined,
    deleteClock: number(state.deleteClock),
    queueClock: number(state.queueClock),
    requestedAt: text(state.requestedAt),
    missing: state.missing === "forgotten" || state.missing === "lost" ? state.missing : undefined,
    resourceUrn: text(state.__resourceUrn) ?? "",
  });
}
