import type { FunctionArguments, FunctionResult, ObjectOf, Properties } from "../schema";
import { ARGUMENT_OF_FIELD, SECRET_FIELDS } from "../schema";
import type { ShownNames } from "../secrets";
import type { components } from "./contract/types.generated";
import type { LyceumError } from "./errors";

/**
 * The outcome of a start. `refused`: no run exists, because the request was never sent or Lyceum refused it. If the
 * same start may be sent again, `refused` has `retryAfterSeconds`. `unknown`: a run may exist, and only a lookup can
 * show it.
 */
export type StartOutcome =
  | ({ readonly kind: "started" } & StartedRun)
  | { readonly kind: "refused"; readonly error: LyceumError; readonly retryAfterSeconds?: number }
  | { readonly kind: "unknown"; readonly error: LyceumError };

/** Lyceum's answer to an accepted start. */
export interface StartedRun {
  readonly executionId: string;
  readonly status: string;
  readonly streamingUrl: string;
}

/** An answer, or Lyceum's 404. A 404 alone does not prove that the run does not exist. */
export type Lookup<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "missing"; readonly error: LyceumError };

/**
 * The known keys of a run's record (`GET /execution/{id}`). Unknown keys are dropped, because they may contain the
 * Compose text or credentials.
 */
export interface ExecutionRecord {
  readonly executionId?: string;
  /** The status word as Lyceum sent it, without control characters. */
  readonly status: string;
  readonly returnCode?: number;
  /** The redacted texts of `errors`, `errors_docker` and `system_errors`, in this order. */
  readonly errors: readonly string[];
  readonly fileName?: string;
  readonly hardwareProfile?: string;
  /** `created_at` in ISO 8601. */
  readonly createdAt?: string;
  /** The value of `start_time`. If `start_time` is absent, the value of another field, such as `job_start`. */
  readonly startedAt?: string;
  /**
   * The value of `end_time`. If `end_time` is absent, the value of another field, such as `finish_time` or `job_end`.
   */
  readonly endedAt?: string;
  /** The cost in `billed`, which is at least zero. The API does not define the currency. */
  readonly cost?: number;
  /**
   * The last 64 KB of the output, from `combined_output`, or from `stdout` and `stderr`. Empty if the run has no
   * output. Absent if the record has none of these fields.
   */
  readonly output?: string;
}

/** The facts about a run from the older status call (`GET /execution/streaming/{id}/status`). */
export type OlderStatus = Pick<ExecutionRecord, "status" | "errors">;

/** The answer to an abort. The API guarantees none of these fields. */
export interface AbortAnswer {
  readonly status?: string;
  readonly message?: string;
}

/** One run in the answer of `GET /workloads/list` or `GET /billing/history`. */
export interface ExecutionSummary
  extends Pick<ExecutionRecord, "status" | "fileName" | "hardwareProfile" | "createdAt" | "startedAt" | "endedAt"> {
  readonly executionId: string;
}

/** The active runs (`GET /workloads/list`), or one page of all runs (`GET /billing/history`). */
export interface ExecutionPage {
  readonly executions: readonly ExecutionSummary[];
  /** The number of all runs (`total_executions`), if Lyceum reports it. */
  readonly total?: number;
  /**
   * The number of entries that could not be read. An unreadable entry may be the run that the caller looks for. So the
   * page does not prove that the run is absent.
   */
  readonly unreadable: number;
  /**
   * Whether the answer has a key for a further page, such as `next_cursor`. The API documents no such key. If true, the
   * page does not prove that a run is absent.
   */
  readonly hasMore: boolean;
}

/**
 * One output line (`GET /logs/execution/{id}`). `service` is the Compose service that printed the line, if the logs
 * name it, for example in `labels.service`.
 */
export type LogLine = ObjectOf<"LogLine">;

/** A type of machine that the account may use (`GET /machine-types`), with its price if Lyceum reports it. */
export type MachineType = ObjectOf<"MachineType">;

/** The times of a run and of its phases (`GET /execution/{id}/timing`). */
export type ExecutionTiming = FunctionResult<"getExecutionTiming">;

/** The measurements of a run (`GET /execution/{id}/metrics`). */
export type ExecutionMetrics = FunctionResult<"getExecutionMetrics">;

/** Which samples to request. By default, Lyceum returns a sample every 15 s for the whole time of the run. */
export type MetricsQuery = Omit<FunctionArguments<"getExecutionMetrics">, "executionId">;

/**
 * Temporary credentials of the account's bucket (`POST /storage/credentials`). The credentials expire after an unknown
 * time.
 */
export interface StorageCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken: string;
  /** The address of the S3 server, with its scheme. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
}

/** Options of every call. */
export interface CallOptions {
  /** Cancels the call, even while it waits between two attempts. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of an abort. */
export interface AbortOptions extends CallOptions {
  /**
   * Whether the caller observes the run before it sends another abort. If true, the client makes another attempt only
   * if the request was not sent.
   */
  readonly sentOnce?: boolean;
  /** Seconds to wait for the answer. Default: the limit of the operation. */
  readonly timeoutSeconds?: number;
}

/** Which output lines to request. */
export interface TailOptions extends CallOptions {
  /** Returns only lines of this Compose service. Returns all lines if no line names the service. */
  readonly service?: string;
  /** The record of the run, if the caller already has it. */
  readonly record?: Pick<ExecutionRecord, "output"> | undefined;
  /**
   * What to do if the logs cannot be read and the run's record has no output. If true, throws the error of the logs. By
   * default, throws it only if Lyceum refused the logs, and otherwise returns no lines.
   */
  readonly throwsUnread?: boolean;
  /**
   * If true, leaves out the entries that take the place of lines that are no longer stored. A caller that follows the
   * output has already printed those lines.
   */
  readonly withoutGaps?: boolean;
  /** Receives the number of all output lines of the run, if Lyceum reports it. */
  readonly onTotal?: (total: number) => void;
}

/**
 * The calls of the API. After a temporary error, such as a network error or 429, a call is repeated a limited number of
 * times. If the last attempt fails too, the call throws a `LyceumError`. Exception: `start` is never repeated, and
 * returns its error instead of throwing it.
 */
export interface LyceumPort {
  /** The base URL in canonical form, without a trailing slash. */
  readonly baseUrl: string;
  /** The organization's slug, if it is known. An API key does not show to which organization it belongs. */
  readonly organisation?: string;
  /**
   * Hides secrets, such as the secrets in a resource's inputs, in all later answers and errors. Add secrets before a
   * call, because the client shortens Lyceum's texts, and would not find half a secret later.
   *
   * @param secrets a function that returns the secrets; called only when a text is redacted, because most commands
   * redact no text
   * @param names words that are shown even if they contain a secret, such as the names in a document
   */
  keepOut(secrets: () => readonly string[], names?: ShownNames): void;
  /** Whether an emulator without containers has answered. Texts about its runs then contain SIMULATED. */
  isSimulated?(): boolean;
  start(request: StartRequest, options?: CallOptions): Promise<StartOutcome>;
  record(executionId: string, options?: CallOptions): Promise<Lookup<ExecutionRecord>>;
  /** Makes the older status call. The provider makes this call if `record` gives no answer. */
  olderStatus(executionId: string, options?: CallOptions): Promise<Lookup<OlderStatus>>;
  /** Requests the abort of a run. An accepted abort does not mean that the run has ended. */
  abort(executionId: string, options?: AbortOptions): Promise<Lookup<AbortAnswer>>;
  /** Deletes the record of a run, not the run (`DELETE /execution/{id}`). */
  deleteRecord(executionId: string, options?: CallOptions): Promise<Lookup<object>>;
  /** Returns the runs that have not ended. */
  listActive(options?: CallOptions): Promise<ExecutionPage>;
  /** One page of all runs. The newest run should be first, but the API does not guarantee this order. */
  history(page: { readonly limit: number; readonly offset: number }, options?: CallOptions): Promise<ExecutionPage>;
  /**
   * The last output lines, oldest first. If the logs are empty or cannot be read, the lines come from the run's record.
   * If the record has no output either and Lyceum refused the logs, throws the error of the logs.
   */
  logsTail(executionId: string, lines: number, options?: TailOptions): Promise<readonly LogLine[]>;
  timing(executionId: string, options?: CallOptions): Promise<Lookup<ExecutionTiming>>;
  metrics(executionId: string, query: MetricsQuery, options?: CallOptions): Promise<Lookup<ExecutionMetrics>>;
  machineTypes(options?: CallOptions): Promise<readonly MachineType[]>;
  /**
   * The machines that the account may use, from two calls that list machines. Empty if neither call gives a list. Never
   * throws.
   */
  machinesOfAccount(options?: CallOptions): Promise<readonly MachineType[]>;
  /** The account of the token. Throws an error if Lyceum refuses the token. */
  userStatus(options?: CallOptions): Promise<Properties>;
  /**
   * Makes new temporary credentials of the account's bucket. The client redacts these credentials in all later answers
   * and errors.
   */
  storageCredentials(options?: CallOptions): Promise<StorageCredentials>;
}

type Body = components["schemas"]["StartComposeExecutionRequest"];

/**
 * The body of a start (`POST /execution/compose/start`). An absent field is not sent, so the API's default applies.
 * Never log this request: it contains secrets in plaintext.
 */
export type StartRequest = {
  readonly [Field in keyof Body]?: NonNullable<Body[Field]>;
} & { readonly compose_file_code: string; readonly file_name: string };

/**
 * Returns the argument of the resource for the `loc` of a validation error: `["body", "docker_password"]` →
 * `registryCredentials.password`. An index in `loc` is kept. Undefined for a field that is not an argument.
 */
export function propertyOf(loc: readonly (string | number)[]): string | undefined {
  const at = loc.findIndex((part) => typeof part === "string" && Object.hasOwn(ARGUMENT_OF_FIELD, part));
  if (at === -1) return undefined;
  const property = ARGUMENT_OF_FIELD[String(loc[at])];
  const index = loc[at + 1];
  return typeof index === "number" ? `${property}[${index}]` : property;
}

/**
 * The secrets in a request. The user name of the registry is not a secret, because it is usually a plain word such as
 * `robot`.
 */
export function secretsOf(request: StartRequest): readonly string[] {
  const given: Properties = { ...request };
  return SECRET_FIELDS.map((field) => given[field]).filter((secret) => typeof secret === "string");
}
