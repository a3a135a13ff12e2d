import type { FunctionArguments, FunctionResult, ObjectOf, Properties } from "../schema";
import { ARGUMENT_OF_FIELD, SECRET_FIELDS } from "../schema";
import type { ShownNames } from "../secrets";
import type { components } from "./contract/types.generated";
import type { LyceumError } from "./errors";

/**
 * The outcome of a start. `refused`: no run exists, because the request was never sent or the service refused it. It
 * has `retryAfterSeconds` if the same start may be sent again (429, or never sent). `unknown`: a run may exist, and
 * only a lookup can show it.
 */
export type StartOutcome =
  | ({ readonly kind: "started" } & StartedRun)
  | { readonly kind: "refused"; readonly error: LyceumError; readonly retryAfterSeconds?: number }
  | { readonly kind: "unknown"; readonly error: LyceumError };

/** The service's answer to an accepted start. */
export interface StartedRun {
  readonly executionId: string;
  readonly status: string;
  readonly streamingUrl: string;
}

/** An answer, or the service's 404. A 404 alone proves nothing. */
export type Lookup<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "missing"; readonly error: LyceumError };

/**
 * The known keys of a record (`GET /execution/{id}`). Unknown keys are dropped, because they may contain the compose
 * text or credentials.
 */
export interface ExecutionRecord {
  readonly executionId?: string;
  /** The status word as the service sent it, without control characters. */
  readonly status: string;
  readonly returnCode?: number;
  /** The texts of `errors`, `errors_docker` and `system_errors`, in this order; redacted. */
  readonly errors: readonly string[];
  readonly fileName?: string;
  readonly hardwareProfile?: string;
  /** `created_at`, in ISO 8601 as the service sent it. */
  readonly createdAt?: string;
  /** `start_time`, otherwise `job_start`. */
  readonly startedAt?: string;
  /** `end_time`, otherwise `finish_time`, otherwise `job_end`. */
  readonly endedAt?: string;
  /** `billed`, which is at least zero. The API does not name its currency. */
  readonly cost?: number;
  /**
   * `combined_output`, otherwise `stdout` and `stderr`: the last 64 KB. Empty if there was no output. Absent if the
   * record has no such field.
   */
  readonly output?: string;
}

/** The facts of a run in the answer of the older status call. */
export type OlderStatus = Pick<ExecutionRecord, "status" | "errors">;

/** The answer to an abort. The API promises none of its fields. */
export interface AbortAnswer {
  readonly status?: string;
  readonly message?: string;
}

/** One entry of `GET /workloads/list` or `GET /billing/history`. */
export interface ExecutionSummary
  extends Pick<ExecutionRecord, "status" | "fileName" | "hardwareProfile" | "createdAt" | "startedAt" | "endedAt"> {
  readonly executionId: string;
}

/** Active runs (`GET /workloads/list`), or one page of all runs (`GET /billing/history`). */
export interface ExecutionPage {
  readonly executions: readonly ExecutionSummary[];
  /** The number of all runs (`total_executions`), if the service reports it. */
  readonly total?: number;
  /**
   * Number of entries that could not be read. One of them may be the run that is searched for, so the page does not
   * prove that the run is absent.
   */
  readonly unreadable: number;
  /**
   * Whether the answer points to a further page in an undocumented way. Then the page does not prove that a run is
   * absent.
   */
  readonly hasMore: boolean;
}

/** One output line (`GET /logs/execution/{id}`). `service` is set if the logs name it (`labels.service`). */
export type LogLine = ObjectOf<"LogLine">;

/** A machine of the account (`GET /machine-types`). */
export type MachineType = ObjectOf<"MachineType">;

/** How long each phase of a run took, in seconds, by the names of the API (`GET /execution/{id}/timing`). */
export type ExecutionTiming = FunctionResult<"getExecutionTiming">;

/** The measurements of a run (`GET /execution/{id}/metrics`). */
export type ExecutionMetrics = FunctionResult<"getExecutionMetrics">;

/**
 * Which samples to request. Without a field, the service uses its default: the run's own time, with a sample every 15
 * s.
 */
export type MetricsQuery = Omit<FunctionArguments<"getExecutionMetrics">, "executionId">;

/** Temporary credentials of the account's bucket (`POST /storage/credentials`). They expire after an unknown time. */
export interface StorageCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken: string;
  /** Address of a server of the S3 protocol, with its scheme. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
}

/** Options of every call. */
export interface CallOptions {
  /** Ends the call, even during a backoff. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of an abort. */
export interface AbortOptions extends CallOptions {
  /**
   * Whether the caller observes the run before it sends another abort. The client then repeats an abort only if it was
   * never sent.
   */
  readonly sentOnce?: boolean;
  /** Seconds to wait for the answer. If absent, the usual number. */
  readonly timeoutSeconds?: number;
}

/** Which output lines to request. */
export interface TailOptions extends CallOptions {
  /** Only lines of this service, if the logs name services. Otherwise all lines. */
  readonly service?: string;
  /** The record of the run, if the caller has read it already. */
  readonly record?: Pick<ExecutionRecord, "output"> | undefined;
}

/**
 * The calls that the lifecycle uses. After network errors, 429 and 5xx, reads and `abort` retry a limited number of
 * times, and then throw a `LyceumError`. `start` never throws for an answer and never retries.
 */
export interface LyceumPort {
  /** Base URL in canonical form, no trailing slash. */
  readonly baseUrl: string;
  /** The organization's slug, if it is known. An API key does not show its organization. */
  readonly organisation?: string;
  /**
   * Adds secrets, such as those in a resource's inputs. From then on, no answer and no error shows them. They must be
   * added before a call, because the client shortens texts of the service, and half a secret would not be found later.
   *
   * @param names words that are shown in any case: the names in a document
   */
  keepOut(secrets: readonly string[], names?: ShownNames): void;
  start(request: StartRequest, options?: CallOptions): Promise<StartOutcome>;
  record(executionId: string, options?: CallOptions): Promise<Lookup<ExecutionRecord>>;
  /** Makes the older status call, a fallback for `record`. */
  olderStatus(executionId: string, options?: CallOptions): Promise<Lookup<OlderStatus>>;
  /** Requests the abort of a run. An accepted abort does not mean that the run has ended. */
  abort(executionId: string, options?: AbortOptions): Promise<Lookup<AbortAnswer>>;
  /** Deletes the record of a run, not the run (`DELETE /execution/{id}`). */
  deleteRecord(executionId: string, options?: CallOptions): Promise<Lookup<object>>;
  /** Runs that have not ended. */
  listActive(options?: CallOptions): Promise<ExecutionPage>;
  /** One page of all runs. The page should begin with the newest run, but the API does not promise this. */
  history(page: { readonly limit: number; readonly offset: number }, options?: CallOptions): Promise<ExecutionPage>;
  /**
   * The last output lines, oldest first, or the output in the record. If there is neither, throws the error of the
   * logs.
   */
  logsTail(executionId: string, lines: number, options?: TailOptions): Promise<readonly LogLine[]>;
  timing(executionId: string, options?: CallOptions): Promise<Lookup<ExecutionTiming>>;
  metrics(executionId: string, query: MetricsQuery, options?: CallOptions): Promise<Lookup<ExecutionMetrics>>;
  machineTypes(options?: CallOptions): Promise<readonly MachineType[]>;
  /** The machines that the account may use, from either of two calls. Empty if neither can be read. Never throws. */
  machinesOfAccount(options?: CallOptions): Promise<readonly MachineType[]>;
  /** The account of the token. Throws if the service refuses the credential. */
  userStatus(options?: CallOptions): Promise<Properties>;
  /** Makes new temporary credentials of the account's bucket. From then on, no answer and no error shows them. */
  storageCredentials(options?: CallOptions): Promise<StorageCredentials>;
}

type Body = components["schemas"]["StartComposeExecutionRequest"];

/**
 * Body of a start (`POST /execution/compose/start`). An absent field is left out, so the API's default applies. Never
 * log a request: it contains secrets in plaintext.
 */
export type StartRequest = {
  readonly [Field in keyof Body]?: NonNullable<Body[Field]>;
} & { readonly compose_file_code: string; readonly file_name: string };

/**
 * The argument of the resource that the `loc` of a validation error names, with its index if it has one:
 * `["body", "docker_password"]` → `registryCredentials.password`. Undefined for a field that is not an argument.
 */
export function propertyOf(loc: readonly (string | number)[]): string | undefined {
  const at = loc.findIndex((part) => typeof part === "string" && Object.hasOwn(ARGUMENT_OF_FIELD, part));
  if (at === -1) return undefined;
  const property = ARGUMENT_OF_FIELD[String(loc[at])];
  const index = loc[at + 1];
  return typeof index === "number" ? `${property}[${index}]` : property;
}

/** The secrets of a request. A user name is not one of them, because it is usually a plain word like `robot`. */
export function secretsOf(request: StartRequest): readonly string[] {
  const given: Properties = { ...request };
  return SECRET_FIELDS.map((field) => given[field]).filter((secret) => typeof secret === "string");
}
