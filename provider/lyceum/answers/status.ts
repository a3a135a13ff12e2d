/** The kinds of status words for an active run. `END_KINDS` has the kinds for a run that has ended. */
export const ACTIVE_KINDS = ["waiting", "running", "stopping"] as const;
const END_KINDS = ["completed", "failed", "aborted"] as const;
type EndKind = (typeof END_KINDS)[number];

/** What a status word means for the lifecycle of a run. An unknown word does not mean an end. */
export type StatusKind = (typeof ACTIVE_KINDS)[number] | EndKind | "unknown";

/**
 * The kind of each known word. `lifecycle/run/wait-outcome.test.ts` compares the rows of
 * `docs/explanation/lifecycle.md` with this table.
 */
const KINDS = {
  // Words of the documented lifecycle.
  pending: "waiting",
  starting: "waiting",
  running: "running",
  completed: "completed",
  failed: "failed",
  system_failure: "failed",
  cancelled: "aborted",
  aborted: "aborted",
  // More status words, which the vendor's own clients accept.
  queued: "waiting",
  "waiting for docker container": "waiting",
  cancelling: "stopping",
  timeout: "failed",
  failed_user: "failed",
  failed_system: "failed",
  success: "completed",
  error: "failed",
} as const satisfies Readonly<Record<Lowercase<string>, Exclude<StatusKind, "unknown">>>;

type Word = keyof typeof KINDS;
type FailedWord = { [Each in Word]: (typeof KINDS)[Each] extends "failed" ? Each : never }[Word];

/** All known status words. */
export const STATUS_WORDS: readonly string[] = Object.keys(KINDS);

/** The facts of a run that decide its kind, such as "running" or "completed". */
export interface StatusFacts {
  /** The status word as Lyceum sent it. */
  readonly status: string;
  readonly returnCode?: number | undefined;
  /** ISO 8601. */
  readonly endedAt?: string | undefined;
}

/** Returns the kind of a status word of the API. Upper case, and blanks around the word, do not matter. */
export function classifyStatus(status: string): StatusKind {
  const word = status.trim().toLowerCase();
  return hasKey(KINDS, word) ? KINDS[word] : "unknown";
}

/**
 * Returns the kind of a run from its status word, exit code and end time. If a list still shows the run as active, the
 * caller must not pass exit code and end time (see `lifecycle/run/record/record.ts`).
 *
 * | kind of the word | exit code        | end time | kind of the run |
 * |------------------|------------------|----------|-----------|
 * | completed        | 0 or unknown     | any      | completed |
 * | completed        | another          | any      | failed    |
 * | failed, aborted  | any              | any      | the kind of the word |
 * | stopping         | known            | known    | aborted   |
 * | any other        | 0                | known    | completed |
 * | any other        | another          | known    | failed    |
 * | in all other cases |                |          | the kind of the word |
 */
export function kindOf({ status, returnCode, endedAt }: StatusFacts): StatusKind {
  const kind = classifyStatus(status);
  if (kind === "completed") return (returnCode ?? 0) === 0 ? "completed" : "failed";
  if (isEndKind(kind) || returnCode === undefined || endedAt === undefined) return kind;
  if (kind === "stopping") return "aborted";
  return returnCode === 0 ? "completed" : "failed";
}

/** Why a run failed: Lyceum itself failed, the run's `timeout` passed, or the services of the run failed. */
type FailureCause = "system_failure" | "timeout" | "failed";

/** The cause that each status word of a failure names. The compiler reports a status word that has no cause. */
const FAILURE_CAUSES: Readonly<Record<FailedWord, FailureCause>> = {
  failed: "failed",
  system_failure: "system_failure",
  timeout: "timeout",
  failed_user: "failed",
  failed_system: "system_failure",
  error: "failed",
};

/**
 * Returns why a run failed. Returns undefined for a run that has not failed. A status word such as `timeout` names the
 * cause. If only the exit code shows the failure, as in `completed` with exit code 1, the cause is `failed`.
 */
export function failureCause(run: StatusFacts): FailureCause | undefined {
  if (kindOf(run) !== "failed") return undefined;
  const word = run.status.trim().toLowerCase();
  return hasKey(FAILURE_CAUSES, word) ? FAILURE_CAUSES[word] : "failed";
}

function hasKey<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key);
}

/** Whether a run has ended: completed, failed or aborted. */
export function hasEnded(run: StatusFacts): boolean {
  return isEndKind(kindOf(run));
}

/**
 * Returns true if only the status word shows that a run has ended: the exit code and the end time are missing. A single
 * answer of this kind may be wrong. So the provider waits for a second answer before it records the end or acts on the
 * end.
 */
export function isBareEnd({ status, returnCode, endedAt }: StatusFacts): boolean {
  return isEndKind(classifyStatus(status)) && returnCode === undefined && endedAt === undefined;
}

/** Whether a kind means that the run has ended. */
export function isEndKind(kind: StatusKind): kind is EndKind {
  return (END_KINDS as readonly string[]).includes(kind);
}
