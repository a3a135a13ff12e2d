import type { FunctionArguments, FunctionResult, ObjectOf, Properties } from "../schema";
import { ARGUMENT_OF_FIELD, SECRET_FIELDS } from "../schema";
import type { ShownNames } from "../secrets";
import type { components } from "./contract/types.generated";
import type { LyceumError } from "./errors";

/**
 * The outcome of a start. `refused`: no run exists, because the request never left or the service refused it. It has
 * `retryAfterSeconds` when the same start may be sent again (429, or it never left). `unknown`: a run may exist, which
 * only a lookup can show.
 */
export type StartOutcome =
  | ({ readonly kind: "started" } & StartedRun)
  | { readonly kind: "refused"; readonly error: LyceumError; readonly retryAfterSeconds?: number }
  | { readonly kind: "unknown"; readonly error: LyceumError };

/** The service's answer to a start that it accepts. */
export interface StartedRun {
  readonly executionId: string;
  readonly status: string;
  readonly streamingUrl: string;
}

/** An answer, or the service's 404. A 404 alone proves nothing. */
export type Lookup<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "missing"; readonly error: LyceumError };

/** The known keys of a record (`GET /execution/{id}`). Unknown keys may hold the compose text or credentials. */
export interface ExecutionRecord {
  readonly executionId?: string;
  /** The word as the service sent it, without control characters. */
  readonly status: string;
  readonly returnCode?: number;
  /** `errors`, `errors_docker` and `system_errors`, each a list, in this order; redacted. */
  readonly errors: readonly string[];
  readonly fileName?: string;
  readonly hardwareProfile?: string;
  /** `created_at`, in ISO 8601 as the service sent it. */
  readonly createdAt?: string;
  /** `start_time`, else `job_start`. */
  readonly startedAt?: string;
  /** `end_time`, else `finish_time`, else `job_end`. */
  readonly endedAt?: string;
  /** `billed`: at least zero, in the unit of the account, which the API does not name. */
  readonly cost?: number;
  /**
   * `combined_output`, else `stdout` and `stderr`; the last 64 KB. Empty without output, absent where it is left out.
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
  /** How many runs there are in all (`total_executions`), when the service reports it. */
  readonly total?: number;
  /** Number of entries that could not be read. A page with such an entry does not prove that another run is absent. */
  readonly unreadable: number;
  /**
   * Whether the answer points to a further page in an undocumented way. Then it does not prove that a run is absent.
   */
  readonly hasMore: boolean;
}

/** One output line (`GET /logs/execution/{id}`); `service` where the logs name it (`labels.service`). */
export type LogLine = ObjectOf<"LogLine">;

/** A machine of the account (`GET /machine-types`). */
export type MachineType = ObjectOf<"MachineType">;

/** How long each phase of a run took, in seconds, by the names of the API (`GET /execution/{id}/timing`). */
export type ExecutionTiming = FunctionResult<"getExecutionTiming">;

/** The measurements of a run (`GET /execution/{id}/metrics`). */
export type ExecutionMetrics = FunctionResult<"getExecutionMetrics">;

/** Which samples to request. If a field is absent, the service's default applies: the run's own time, every 15 s. */
export type MetricsQuery = Omit<FunctionArguments<"getExecutionMetrics">, "executionId">;

/** Options of every call. */
export interface CallOptions {
  /** Ends the call, a pending backoff included. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of an abort. */
export interface AbortOptions extends CallOptions {
  /**
   * Whether the caller observes the run before it sends another abort. Then only an abort that never left is repeated.
   */
  readonly sentOnce?: boolean;
  /** Seconds to wait for the answer; the usual number when absent. */
  readonly timeoutSeconds?: number;
}

/** Which output lines to request. */
export interface TailOptions extends CallOptions {
  /** Only lines of this service, where the logs name the services of their lines; otherwise all lines. */
  readonly service?: string;
  /** The record of the run, where the caller has read it. It is not read again. */
  readonly record?: Pick<ExecutionRecord, "output"> | undefined;
}

/**
 * The calls that the lifecycle uses. Reads and `abort` retry a limited number of times after network errors, 429 and
 * 5xx; then they throw a `LyceumError`. `start` never throws for an answer and never retries.
 */
export interface LyceumPort {
  /** Base URL in canonical form, no trailing slash. */
  readonly baseUrl: string;
  /** The organisation's slug where it is known. The organisation of a key is not. */
  readonly organisation?: string;
  /**
   * Adds secrets, such as those of a resource's inputs. From then on no answer and no error shows them. The client
   * shortens the service's texts, so a secret that the client does not know would be left in halves.
   *
   * @param names words that are shown all the same: the names in a document
   */
  keepOut(secrets: readonly string[], names?: ShownNames): void;
  start(request: StartRequest, options?: CallOptions): Promise<StartOutcome>;
  record(executionId: string, options?: CallOptions): Promise<Lookup<ExecutionRecord>>;
  /** Makes the older status call, a fallback for `record`. */
  olderStatus(executionId: string, options?: CallOptions): Promise<Lookup<OlderStatus>>;
  /** Asks for the abort; "noted" is not "stopped". */
  abort(executionId: string, options?: AbortOptions): Promise<Lookup<AbortAnswer>>;
  /** Deletes the record of a run, not the run (`DELETE /execution/{id}`). */
  deleteRecord(executionId: string, options?: CallOptions): Promise<Lookup<object>>;
  /** Runs that have not ended. */
  listActive(options?: CallOptions): Promise<ExecutionPage>;
  /** One page of all runs. The newest is expected first, which the API does not promise. */
  history(page: { readonly limit: number; readonly offset: number }, options?: CallOptions): Promise<ExecutionPage>;
  /** The last output lines, oldest first; else the record's output. Throws the error of the logs without either. */
  logsTail(executionId: string, lines: number, options?: TailOptions): Promise<readonly LogLine[]>;
  timing(executionId: string, options?: CallOptions): Promise<Lookup<ExecutionTiming>>;
  metrics(executionId: string, query: MetricsQuery, options?: CallOptions): Promise<Lookup<ExecutionMetrics>>;
  machineTypes(options?: CallOptions): Promise<readonly MachineType[]>;
  /** The machines that the account may use, from either of two calls. Empty where neither can be read. Never throws. */
  machinesOfAccount(options?: CallOptions): Promise<readonly MachineType[]>;
  /** The account of the token. Throws when the service refuses the credential. */
  userStatus(options?: CallOptions): Promise<Properties>;
}

type Body = components["schemas"]["StartComposeExecutionRequest"];

/**
 * Body of a start (`POST /execution/compose/start`). An absent field is left out, so the API's default applies. Secrets
 * are not masked here: never log a request.
 */
export type StartRequest = {
  readonly [Field in keyof Body]?: NonNullable<Body[Field]>;
} & { readonly compose_file_code: string; readonly file_name: string };

/**
 * The argument of the resource that a validation error's `loc` names, with an index where it has one: `["body",
 * "docker_password"]` → `registryCredentials.password`. Undefined for a field that is not an argument.
 */
export function propertyOf(loc: readonly (string | number)[]): string | undefined {
  const at = loc.findIndex((part) => typeof part === "string" && Object.hasOwn(ARGUMENT_OF_FIELD, part));
  if (at === -1) return undefined;
  const property = ARGUMENT_OF_FIELD[String(loc[at])];
  const index = loc[at + 1];
  return typeof index === "number" ? `${property}[${index}]` : property;
}

/** The secrets of a request. The user name is not one: it is more often a word like `robot` than a secret. */
export function secretsOf(request: StartRequest): readonly string[] {
  const given: Properties = { ...request };
  return SECRET_FIELDS.map((field) => given[field]).filter((secret) => typeof secret === "string");
}
