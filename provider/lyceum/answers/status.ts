/** Kinds of words for a run that has not ended, and for one that has. */
export const ACTIVE_KINDS = ["waiting", "running", "stopping"] as const;
const END_KINDS = ["completed", "failed", "aborted"] as const;
type EndKind = (typeof END_KINDS)[number];

/**
 * What a status word means for the lifecycle. An unknown word is not an end: it is shown as it came, and the deadline
 * bounds the wait.
 */
export type StatusKind = (typeof ACTIVE_KINDS)[number] | EndKind | "unknown";

/** The kind of each known word. `docs/explanation/lifecycle.md` has a row for each kind, and a test holds it to this table. */
const KINDS: Readonly<Record<string, StatusKind>> = {
  // The documented lifecycle.
  pending: "waiting",
  starting: "waiting",
  running: "running",
  completed: "completed",
  failed: "failed",
  system_failure: "failed",
  cancelled: "aborted",
  aborted: "aborted",
  // Met in answers read by the vendor's own clients.
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

/** What is known of a run as far as its status depends on it. */
export interface StatusFacts {
  /** The word as it came. */
  readonly status: string;
  readonly returnCode?: number | undefined;
  /** ISO 8601. */
  readonly endedAt?: string | undefined;
}

/** Classifies a status word of the API, whatever its case and surrounding blanks. */
export function classifyStatus(status: string): StatusKind {
  const word = status.trim().toLowerCase();
  return Object.hasOwn(KINDS, word) ? (KINDS[word] ?? "unknown") : "unknown";
}

/**
 * What a run is, by its word, its exit code and its end time. Exit code and end time of a run that a list still shows as
 * active must be left out (see `record.ts` of the lifecycle).
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

/** Whether a run has ended, in whatever way. */
export function hasEnded(run: StatusFacts): boolean {
  return isEndKind(kindOf(run));
}

/**
 * Whether nothing but a status word says that a run has ended: neither an exit code nor an end time goes with it. One such answer may
 * be wrong, so a second one confirms it before anything is recorded or done.
 */
export function isBareEnd({ status, returnCode, endedAt }: StatusFacts): boolean {
  return isEndKind(classifyStatus(status)) && returnCode === undefined && endedAt === undefined;
}

/** Whether a kind is an end. */
export function isEndKind(kind: StatusKind): kind is EndKind {
  return (END_KINDS as readonly string[]).includes(kind);
}
