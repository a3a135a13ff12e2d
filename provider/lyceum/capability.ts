import { LyceumError } from "./errors";
import type { OperationName } from "./operations";
import { nameOfOperation } from "./operations";

/** What the provider guarantees only if Lyceum allows a call. Warnings and the documentation show these texts. */
export interface Guarantee {
  readonly operation: OperationName;
  readonly gives: string;
  /** What happens without the guarantee, if Lyceum refuses the call. */
  readonly without: string;
}

/**
 * The guarantee of each optional call. `docs/explanation/lifecycle.md` shows this table, and a test compares the page
 * with it.
 */
export const GUARANTEES = {
  list: {
    operation: "listWorkloads",
    gives: "an active run of an interrupted command is found again; all waiting runs share each request",
    without: "active runs are searched in the history alone, and each waiting run is read by itself",
  },
  history: {
    operation: "getBillingHistory",
    gives: "a run of an interrupted command is found again after it has ended",
    without: "a run that an interrupted command started and that has ended since is not found, so it is started again",
  },
  record: {
    operation: "getExecution",
    gives: "exit code, times and errors of a run; the proof of its end",
    without: "the status comes from the older status call, then from the list and the history, without an exit code",
  },
  olderStatus: {
    operation: "getStreamingStatus",
    gives: "a second source of the status",
    without: "nothing changes while the record or the list works",
  },
  abort: {
    operation: "abortWorkload",
    gives: "deleting the resource ends an active run",
    without: 'deleting an active run stops with LYC3018, unless `onDelete` is "leave"',
  },
  logs: {
    operation: "getExecutionLogs",
    gives: "a failure shows the last lines of the output",
    without: "the failure shows the output of the record, or reports that the lines could not be read",
  },
  deleteRecord: {
    operation: "deleteExecutionRecord",
    gives: "`deleteRecord` removes the record of the run",
    without: "the record stays, and a warning reports it",
  },
  machineTypes: {
    operation: "listMachineTypes",
    gives:
      "if the account does not have the machine of a new run, the old run is not aborted; the error lists the machines of the account",
    without: "the old run is aborted before Lyceum refuses the machine, and the error does not list the machines",
  },
} as const satisfies Readonly<Record<string, Guarantee>>;

/**
 * The optional calls for an execution. If Lyceum refuses an optional call, only the guarantee of that call is lost. The
 * start is the only required call, because it is the only call that the API's documentation describes completely.
 */
export type OptionalCall = keyof typeof GUARANTEES;

/** The name of a call in documentation and warnings, such as "GET /workloads/list". */
export function nameOfCall(call: OptionalCall): string {
  return nameOfOperation(GUARANTEES[call].operation);
}

/** Statuses with which Lyceum refuses every attempt of a call. */
const REFUSALS: ReadonlySet<number | undefined> = new Set([400, 401, 403, 404, 405, 406, 410, 415, 422, 501]);

/**
 * Returns true if Lyceum refuses a call permanently. After any other failure, such as a time-out, a reset, 5xx or 429,
 * a later call may succeed.
 *
 * | answer                                                   | refused |
 * |----------------------------------------------------------|---------|
 * | 400, 401, 403, 404, 405, 406, 410, 415, 422, 501         | yes     |
 * | a redirect, which is not followed                        | yes     |
 * | 2xx in a shape that is not known, or too large           | yes     |
 */
export function isRefusedForGood(error: unknown): error is LyceumError {
  if (!LyceumError.isInstance(error)) return false;
  return error.code === "LYC1111" || isRedirect(error) || REFUSALS.has(error.status);
}

/** Whether Lyceum answered a call with a redirect. The client never follows a redirect. */
export function isRedirect(error: LyceumError): boolean {
  return error.code === "LYC1109";
}

/** HTTP statuses of refusals that may outlast the retries of a call, but are not permanent. */
const LASTING: ReadonlySet<number | undefined> = new Set([409, 423, 425, 429]);

/**
 * Decides about a failed request for the list of active runs, or for the history. Returns true if the caller continues
 * without the list: after a permanent refusal, after 409, 423, 425 or 429, and after a closed connection.
 */
export function isGap(error: unknown): error is LyceumError {
  if (isRefusedForGood(error)) return true;
  return LyceumError.isInstance(error) && (error.code === "LYC1204" || LASTING.has(error.status));
}

/** What happened to a call without an answer, by error code. */
const WITHOUT_ANSWER: Readonly<Record<string, string>> = {
  LYC1201: "could not be sent",
  LYC1202: "could not be sent",
  LYC1203: "gave no answer in time",
  LYC1204: "closed the connection before its answer was complete",
  LYC1205: "could not be sent",
};

/** Describes the result of a failed call, such as "answered 403". */
export function answerInWords(error: LyceumError): string {
  if (isRedirect(error)) return `answered with a redirect (${error.status})`;
  if (error.code === "LYC1111")
    return error.status === undefined
      ? "answered more than 8 MB"
      : `answered ${error.status} in a shape that is not known`;
  return error.status === undefined
    ? (WITHOUT_ANSWER[error.code] ?? "answered nothing usable")
    : `answered ${error.status}`;
}
