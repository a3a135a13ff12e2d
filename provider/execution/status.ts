/**
 * What a status word means for the lifecycle. An unknown word is not an end: it is shown as it came, and the deadline
 * bounds the wait.
 */
export type StatusKind = "waiting" | "running" | "stopping" | "completed" | "failed" | "aborted" | "unknown";

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

/** Classifies a status word of the API, whatever its case and surrounding blanks. */
export function classifyStatus(status: string): StatusKind {
  const word = status.trim().toLowerCase();
  return Object.hasOwn(KINDS, word) ? (KINDS[word] ?? "unknown") : "unknown";
}

/** Whether a status word says that the run has ended, in whatever way. */
export function isEnd(status: string): boolean {
  return isEndKind(classifyStatus(status));
}

/** Whether a kind is an end. */
export function isEndKind(kind: StatusKind): kind is "completed" | "failed" | "aborted" {
  return kind === "completed" || kind === "failed" || kind === "aborted";
}
