import type { FunctionArguments, FunctionResult, ObjectOf, Properties } from "../schema";
import { ARGUMENT_OF_FIELD, SECRET_FIELDS } from "../schema";
import type { ShownNames } from "../secrets";
import type { components } from "./contract/types.generated";
import type { LyceumError } from "./errors";

/**
 * What became of a start. `refused`: it surely did not happen (never left, or the service said no); `retryAfterSeconds`
 * is there when it may be tried again as it is (429, or it never left). `unknown`: it may have happened, so only a
 * lookup can tell.
 */
export type StartOutcome =
  | ({ readonly kind: "started" } & StartedRun)
  | { readonly kind: "refused"; readonly error: LyceumError; readonly retryAfterSeconds?: number }
  | { readonly kind: "unknown"; readonly error: LyceumError };

/** What the service answers to a start that it takes. */
export interface StartedRun {
  readonly executionId: string;
  readonly status: string;
  readonly streamingUrl: string;
}

/** An answer, or the service's 404. A 404 is never proof of anything by itself. */
export type Lookup<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "missing"; readonly error: LyceumError };

/** The known keys of a record (`GET /execution/{id}`); unknown keys are dropped, since they may hold the text or credentials. */
export interface ExecutionRecord {
  readonly executionId?: string;
  /** The word as it came, without what a terminal would act on. */
  readonly status: string;
  readonly returnCode?: number;
  /** `errors`, `errors_docker` and `system_errors`, each a list, in this order; redacted. */
  readonly errors: readonly string[];
  readonly fileName?: string;
  readonly hardwareProfile?: string;
  /** ISO 8601 as it came: `created_at`. */
  readonly createdAt?: string;
  /** `start_time`, else `job_start`. */
  readonly startedAt?: string;
  /** `end_time`, else `finish_time`, else `job_end`. */
  readonly endedAt?: string;
  /** `billed`: from zero, in the unit of the account, which the API does not name. */
  readonly cost?: number;
  /** `combined_output`, else `stdout` and `stderr`; the last 64 KB. Empty where the run has written nothing, absent where the record leaves it out. */
  readonly output?: string;
}

/** What the older status read shows of a run. */
export type OlderStatus = Pick<ExecutionRecord, "status" | "errors">;

/** The answer to an abort, of which nothing is promised. */
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
  /** Entries that could not be understood. A page with one of them proves nothing about a run that it does not show. */
  readonly unreadable: number;
  /** Whether the answer points to a further page in a way that is not documented: then it proves nothing either. */
  readonly hasMore: boolean;
}

/** One output line (`GET /logs/execution/{id}`); `service` where the logs name it (`labels.service`). */
export type LogLine = ObjectOf<"LogLine">;

/** A machine of the account (`GET /machine-types`). */
export type MachineType = ObjectOf<"MachineType">;

/** How long each phase of a run took, in seconds, by the names of the API (`GET /execution/{id}/timing`). */
export type ExecutionTiming = FunctionResult<"getExecutionTiming">;

/** What was measured of a run (`GET /execution/{id}/metrics`). */
export type ExecutionMetrics = FunctionResult<"getExecutionMetrics">;

/** Which samples are asked for; what is absent is the service's default: the run's own time, every 15 s. */
export type MetricsQuery = Omit<FunctionArguments<"getExecutionMetrics">, "executionId">;

/** Options every call takes. */
export interface CallOptions {
  /** Ends the call, a pending backoff included. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of an abort. */
export interface AbortOptions extends CallOptions {
  /** Whether the caller looks at the run before it sends another one: then only what never left is sent again. */
  readonly sentOnce?: boolean;
  /** Seconds for its answer; the usual number when absent. */
  readonly timeoutSeconds?: number;
}

/** Which output lines are asked for. */
export interface TailOptions extends CallOptions {
  /** Lines of this service alone, where the logs name the services of their lines; otherwise of all. */
  readonly service?: string;
  /** The record of the run, where it has been read: it is not read again. */
  readonly record?: Pick<ExecutionRecord, "output"> | undefined;
}

/**
 * The calls the lifecycle uses. Reads and `abort` retry by themselves on network errors, 429 and 5xx, bounded;
 * what is left over is thrown as a `LyceumError`. `start` never throws for an answer and never retries by itself.
 */
export interface LyceumPort {
  /** Base URL in canonical form, no trailing slash. */
  readonly baseUrl: string;
  /** Organisation slug where known; a key's organisation is not. */
  readonly organisation?: string;
  /**
   * Names further secrets, such as those of a resource's inputs: from now on no answer and no error shows them. The client shortens what
   * the service reports, and half of a secret that it does not know would be left.
   *
   * @param names words that are shown all the same: the names that stand in a document.
   */
  keepOut(secrets: readonly string[], names?: ShownNames): void;
  start(request: StartRequest, options?: CallOptions): Promise<StartOutcome>;
  record(executionId: string, options?: CallOptions): Promise<Lookup<ExecutionRecord>>;
  /** The older status read; a fallback for `record`. */
  olderStatus(executionId: string, options?: CallOptions): Promise<Lookup<OlderStatus>>;
  /** Asks for the abort; "noted" is not "stopped". */
  abort(executionId: string, options?: AbortOptions): Promise<Lookup<AbortAnswer>>;
  /** Deletes the record of a run, not the run (`DELETE /execution/{id}`). */
  deleteRecord(executionId: string, options?: CallOptions): Promise<Lookup<object>>;
  /** Runs that have not ended. */
  listActive(options?: CallOptions): Promise<ExecutionPage>;
  /** One page of all runs; expected newest first, which nobody promises. */
  history(page: { readonly limit: number; readonly offset: number }, options?: CallOptions): Promise<ExecutionPage>;
  /**
   * The last `lines` output lines, oldest first; falls back to the record's own output. Throws the refusal of the logs where there is no
   * output to fall back to.
   */
  logsTail(executionId: string, lines: number, options?: TailOptions): Promise<readonly LogLine[]>;
  timing(executionId: string, options?: CallOptions): Promise<Lookup<ExecutionTiming>>;
  metrics(executionId: string, query: MetricsQuery, options?: CallOptions): Promise<Lookup<ExecutionMetrics>>;
  machineTypes(options?: CallOptions): Promise<readonly MachineType[]>;
  /** The machines that the account may use, by whichever call knows them; empty where neither can be read. Never throws. */
  machinesOfAccount(options?: CallOptions): Promise<readonly MachineType[]>;
  /** Who the token is; throws when the credential is refused. */
  userStatus(options?: CallOptions): Promise<Properties>;
}

type Body = components["schemas"]["StartComposeExecutionRequest"];

/**
 * Body of a start (`POST /execution/compose/start`). A field that is absent is left out, and the API's default then holds. Secrets are
 * in clear here: never log one.
 */
export type StartRequest = {
  readonly [Field in keyof Body]?: NonNullable<Body[Field]>;
} & { readonly compose_file_code: string; readonly file_name: string };

/**
 * The resource's argument that a validation error's `loc` names, such as `["body", "docker_password"]` →
 * `registryCredentials.password`, with an index where it has one. Undefined for a field that is not ours.
 */
export function propertyOf(loc: readonly (string | number)[]): string | undefined {
  const at = loc.findIndex((part) => typeof part === "string" && Object.hasOwn(ARGUMENT_OF_FIELD, part));
  if (at === -1) return undefined;
  const property = ARGUMENT_OF_FIELD[String(loc[at])];
  const index = loc[at + 1];
  return typeof index === "number" ? `${property}[${index}]` : property;
}

/** What of a request must never be shown. The user name is left in: it is a word like `robot` more often than a secret. */
export function secretsOf(request: StartRequest): readonly string[] {
  const given: Properties = { ...request };
  return SECRET_FIELDS.map((field) => given[field]).filter((secret) => typeof secret === "string");
}
