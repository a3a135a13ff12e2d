/** The kinds of status words for a run that has not ended, and for a run that has. */
export const ACTIVE_KINDS = ["waiting", "running", "stopping"] as const;
const END_KINDS = ["completed", "failed", "aborted"] as const;
type EndKind = (typeof END_KINDS)[number];

/**
 * What a status word means for the lifecycle. An unknown word is not an end, so only the deadline limits the wait for
 * such a run.
 */
export type StatusKind = (typeof ACTIVE_KINDS)[number] | EndKind | "unknown";

/**
 * The kind of each known word. `lifecycle/run/wait-outcome.test.ts` compares the rows of
 * `docs/explanation/lifecycle.md` with this table.
 */
const KINDS: Readonly<Record<string, StatusKind>> = {
  // Words of the documented lifecycle.
  pending: "waiting",
  starting: "waiting",
  running: "running",
  completed: "completed",
  failed: "failed",
  system_failure: "failed",
  cancelled: "aborted",
  aborted: "aborted",
  // Words that the vendor's own clients read.
  queued: "waiting",
  "waiting for docker container": "waiting",
  cancelling: "stopping",
  timeout: "failed",
  failed_user: "failed",
  failed_system: "failed",
  success: "completed",
  error: "failed",
};

/** Every status word that is known, in the order of a run. */
export const STATUS_WORDS: readonly string[] = Object.keys(KINDS);

/** The facts of a run that decide its kind. */
export interface StatusFacts {
  /** The word as the service sent it. */
  readonly status: string;
  readonly returnCode?: number | undefined;
  /** ISO 8601. */
  readonly endedAt?: string | undefined;
}

/** Classifies a status word of the API, in any case and with blanks around it. */
export function classifyStatus(status: string): StatusKind {
  const word = status.trim().toLowerCase();
  return Object.hasOwn(KINDS, word) ? (KINDS[word] ?? "unknown") : "unknown";
}

/**
 * Decides the kind of a run from its status word, exit code and end time. If a list still shows the run as active, the
 * caller must not pass exit code and end time (see `record.ts` of the lifecycle).
 *
 * | word             | exit code        | end time | kind      |
 * |------------------|------------------|----------|-----------|
 * | completed        | 0 or unknown     | any      | completed |
 * | completed        | another          | any      | failed    |
 * | failed, aborted  | any              | any      | as the word says |
 * | cancelling       | known            | known    | aborted   |
 * | any other word   | 0                | known    | completed |
 * | any other word   | another          | known    | failed    |
 * | any other word   | unknown          | any      | as the word says |
 */
export function kindOf({ status, returnCode, endedAt }: StatusFacts): StatusKind {
  const kind = classifyStatus(status);
  if (kind === "completed") return (returnCode ?? 0) === 0 ? "completed" : "failed";
  if (isEndKind(kind) || returnCode === undefined || endedAt === undefined) return kind;
  if (kind === "stopping") return "aborted";
  return returnCode === 0 ? "completed" : "failed";
}

/** Whether a run has ended: completed, failed or aborted. */
export function hasEnded(run: StatusFacts): boolean {
  return isEndKind(kindOf(run));
}

/**
 * Whether only a status word shows that a run has ended, without exit code and end time. One such answer may be wrong.
 * A second one must confirm it before the provider records the end or acts on it.
 */
export function isBareEnd({ status, returnCode, endedAt }: StatusFacts): boolean {
  return isEndKind(classifyStatus(status)) && returnCode === undefined && endedAt === undefined;
}

/** Whether a kind is an end. */
export function isEndKind(kind: StatusKind): kind is EndKind {
  return (END_KINDS as readonly string[]).includes(kind);
}
