// Made by tools/generate/reference.mjs from the tables in provider/schema: change a row there, then `npm run generate`.
import type * as pulumi from "@pulumi/pulumi";

/**
 * Arguments of a function whose values may be outputs.
 *
 * @example
 * ```ts
 * const args: lyceum.FunctionOutputArgs<lyceum.GetExecutionArgs> = { executionId: pulumi.output("7d1f0b9c") };
 * ```
 */
export type FunctionOutputArgs<Args> = { [Name in keyof Args]: pulumi.Input<Args[Name]> };

/**
 * One run in a list.
 *
 * @example
 * ```ts
 * const isOver = (run: lyceum.ExecutionSummary) => run.endedAt !== undefined;
 * ```
 */
export interface ExecutionSummary {
  /** Id of the run. API field `execution_id`. */
  executionId: string;
  /** Status as Lyceum reports it. API field `status`. */
  status: string;
  /** The label of the run, without its start key. Empty if the run has no label. */
  label: string;
  /** The label of the run, with its start key in front. API field `file_name`. */
  fileName?: string;
  /** The machine. API field `hardware_profile`. */
  hardwareProfile?: string;
  /** When the run was created, ISO 8601. API field `created_at`. */
  createdAt?: string;
  /** When the run started, ISO 8601. API field `start_time`. */
  startedAt?: string;
  /** When the run ended, ISO 8601. API field `end_time`. */
  endedAt?: string;
}

/**
 * One line of a run's output.
 *
 * @example
 * ```ts
 * const isOfDatabase = (line: lyceum.LogLine) => line.service === "db";
 * ```
 */
export interface LogLine {
  /** The line, without its line break. API field `message`. */
  message: string;
  /** When the line was written, as Lyceum reports it. API field `timestamp`. */
  timestamp?: string;
  /** The service that wrote the line. API field `labels.service`. */
  service?: string;
}

/**
 * One phase of a run.
 *
 * @example
 * ```ts
 * const isPast = (phase: lyceum.ExecutionPhase) => phase.endTime !== undefined;
 * ```
 */
export interface ExecutionPhase {
  /** When the phase began, ISO 8601. API field `start_time`. */
  startTime?: string;
  /** When the phase ended, ISO 8601. API field `end_time`. */
  endTime?: string;
  /** Length of the phase in seconds. If the phase has not ended, the seconds so far. API field `duration`. */
  duration?: number;
}

/**
 * One sample of a series.
 *
 * @example
 * ```ts
 * const isGap = (sample: lyceum.MetricSample) => sample.value === undefined;
 * ```
 */
export interface MetricSample {
  /** When the sample was measured, ISO 8601. API field `timestamp`. */
  timestamp: string;
  /** The measured value. Absent for a gap. API field `value`. */
  value?: number;
}

/**
 * A file in the account's bucket that a run has left.
 *
 * @example
 * ```ts
 * const isLarge = (artifact: lyceum.Artifact) => artifact.bytes > 1_000_000_000;
 * ```
 */
export interface Artifact {
  /** The path of the file in the bucket. */
  key: string;
  /** The size of the file. */
  bytes: number;
  /** The ETag of the file. It changes if the content changes. */
  etag: string;
  /** When the file was stored, ISO 8601. */
  modified?: string;
}

/**
 * A machine of the account.
 *
 * @example
 * ```ts
 * const isCheap = (machine: lyceum.MachineType) => (machine.pricePerHour ?? 0) < 1;
 * ```
 */
export interface MachineType {
  /** The name of the machine: a value of `executionType`. API field `hardware_profile`. */
  hardwareProfile: string;
  /** Price of an hour, in the account's currency. API field `price_per_hour`. */
  pricePerHour?: number;
}

/**
 * Arguments of {@link getExecution}.
 *
 * @example
 * ```ts
 * const args: lyceum.GetExecutionArgs = { executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" };
 * ```
 */
export interface GetExecutionArgs {
  /** Id of the run. API field `execution_id`. */
  executionId: string;
}

/**
 * What {@link getExecution} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const succeeded = (run: lyceum.GetExecutionResult) => run.status === "completed" && (run.returnCode ?? 0) === 0;
 * ```
 */
export interface GetExecutionResult {
  /** Id of the run. API field `execution_id`. */
  executionId: string;
  /** Status as Lyceum reports it. API field `status`. */
  status: string;
  /** Exit code, once the run has ended and Lyceum reports one. API field `return_code`. */
  returnCode?: number;
  /** When the run was created, ISO 8601. API field `created_at`. */
  createdAt?: string;
  /** When the run started, ISO 8601. API field `start_time`. */
  startedAt?: string;
  /** When the run ended, ISO 8601. API field `end_time`. */
  endedAt?: string;
  /** The machine. API field `hardware_profile`. */
  hardwareProfile?: string;
  /** The label of the run, with its start key in front. API field `file_name`. */
  fileName?: string;
}

/**
 * Arguments of {@link listExecutions}.
 *
 * @example
 * ```ts
 * const args: lyceum.ListExecutionsArgs = { state: "all", since: "2026-03-01T00:00:00Z" };
 * ```
 */
export interface ListExecutionsArgs {
  /** `active` lists runs that have not ended. `all` also lists runs in Lyceum's history. Default `active`. */
  state?: "active" | "all";
  /** Only runs with this status, in upper or lower case. */
  status?: string;
  /** Only runs whose label contains this text. */
  fileName?: string;
  /**
   * Only runs that were created at this time or later. A run without a time of creation is listed too. Limits: ISO 8601
   * with an offset.
   */
  since?: string;
  /** How many at most. Limits: 1 to 2000. Default `100`. */
  limit?: number;
}

/**
 * What {@link listExecutions} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const ids = (found: lyceum.ListExecutionsResult) => found.executions.map((run) => run.executionId);
 * ```
 */
export interface ListExecutionsResult {
  /** The runs. */
  executions: ExecutionSummary[];
  /** Whether the list has every run that matches. The function reads only the newest 2000 runs of the history. */
  complete: boolean;
}

/**
 * Arguments of {@link getExecutionLogs}.
 *
 * @example
 * ```ts
 * const args: lyceum.GetExecutionLogsArgs = { executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90", tail: 20 };
 * ```
 */
export interface GetExecutionLogsArgs {
  /** Id of the run. API field `execution_id`. */
  executionId: string;
  /** How many lines at most. Limits: 1 to 10000. Default `1000`. */
  tail?: number;
  /**
   * Only lines that were written at this time or later. A line without a time is returned too. Limits: ISO 8601 with an
   * offset.
   */
  since?: string;
  /** Only lines of this service, if the log names services. */
  service?: string;
}

/**
 * What {@link getExecutionLogs} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const last = (logs: lyceum.GetExecutionLogsResult) => logs.lines[logs.lines.length - 1]?.message ?? "";
 * ```
 */
export interface GetExecutionLogsResult {
  /** The lines, oldest first. */
  lines: LogLine[];
  /** The messages as one text, each with a line break. */
  text: string;
}

/**
 * Arguments of {@link getExecutionTiming}.
 *
 * @example
 * ```ts
 * const args: lyceum.GetExecutionTimingArgs = { executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" };
 * ```
 */
export interface GetExecutionTimingArgs {
  /** Id of the run. API field `execution_id`. */
  executionId: string;
}

/**
 * What {@link getExecutionTiming} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const waited = (timing: lyceum.GetExecutionTimingResult) => timing.queued ?? 0;
 * ```
 */
export interface GetExecutionTimingResult {
  /** Seconds in the queue. API field `timing.queued`. */
  queued?: number;
  /** Seconds in which the containers were started. API field `timing.launchingContainer`. */
  launchingContainer?: number;
  /** Seconds in which the containers ran. API field `timing.executingJob`. */
  executingJob?: number;
  /** Seconds from the abort to the end. API field `timing.shuttingDown`. */
  shuttingDown?: number;
  /** Seconds in all. API field `timing.total`. */
  total?: number;
  /** Each phase by its name. API field `timing.phases`. */
  phases: { [name: string]: ExecutionPhase };
}

/**
 * Arguments of {@link getExecutionMetrics}.
 *
 * @example
 * ```ts
 * const args: lyceum.GetExecutionMetricsArgs = { executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90", step: "1m" };
 * ```
 */
export interface GetExecutionMetricsArgs {
  /** Id of the run. API field `execution_id`. */
  executionId: string;
  /** Time of the first sample. Without it, the start of the run. Limits: ISO 8601 with an offset. API field `start`. */
  start?: string;
  /** Time of the last sample. Without it, the end of the run. Limits: ISO 8601 with an offset. API field `end`. */
  end?: string;
  /** The time between two samples. Limits: a number with `s`, `m` or `h`. Default `15s`. API field `step`. */
  step?: string;
}

/**
 * What {@link getExecutionMetrics} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const peak = (metrics: lyceum.GetExecutionMetricsResult) => Math.max(0, ...(metrics.series.gpuUtilizationPercent ?? []).map((sample) => sample.value ?? 0));
 * ```
 */
export interface GetExecutionMetricsResult {
  /** Name of the host that was measured. API field `hostname`. */
  hostname?: string;
  /** The start of the measured time, ISO 8601. API field `timeRange.start`. */
  start?: string;
  /** The end of the measured time, ISO 8601. API field `timeRange.end`. */
  end?: string;
  /** The samples of each series, oldest first, by the series' API name. */
  series: { [name: string]: MetricSample[] };
}

/**
 * Arguments of {@link getStoredFile}.
 *
 * @example
 * ```ts
 * const args: lyceum.GetStoredFileArgs = { key: "out/metrics.json" };
 * ```
 */
export interface GetStoredFileArgs {
  /** The path of the file in the bucket. A call gives either `key` or `artifact`. */
  key?: string;
  /**
   * An artifact of a run, such as `metrics` of its output `artifacts`. If the file no longer has the content that the
   * run left, this is an error (LYC6022).
   */
  artifact?: Artifact;
  /** Whether the content is secret, if the result is an output. */
  secret?: boolean;
}

/**
 * What {@link getStoredFile} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const lines = (file: lyceum.GetStoredFileResult) => file.text.split("\n").length;
 * ```
 */
export interface GetStoredFileResult {
  /** The path of the file in the bucket. */
  key: string;
  /** The size of the file. */
  bytes: number;
  /** The ETag of the file. It changes if the content changes. */
  etag: string;
  /** When the file was stored, ISO 8601. */
  modified?: string;
  /** The content as text. */
  text: string;
  /** The content as a value, if it is JSON. */
  json?: unknown;
}

/**
 * Arguments of {@link getMachineTypes}.
 *
 * @example
 * ```ts
 * const args: lyceum.GetMachineTypesArgs = {};
 * ```
 */
export type GetMachineTypesArgs = Readonly<Record<string, never>>;

/**
 * What {@link getMachineTypes} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const names = (machines: lyceum.GetMachineTypesResult) => machines.machineTypes.map((machine) => machine.hardwareProfile);
 * ```
 */
export interface GetMachineTypesResult {
  /** The machines. API field `machine_types`. */
  machineTypes: MachineType[];
}

/**
 * Arguments of {@link getAccount}.
 *
 * @example
 * ```ts
 * const args: lyceum.GetAccountArgs = {};
 * ```
 */
export type GetAccountArgs = Readonly<Record<string, never>>;

/**
 * What {@link getAccount} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const canPay = (account: lyceum.GetAccountResult) => (account.credits ?? 1) > 0;
 * ```
 */
export interface GetAccountResult {
  /** Id of the user. API field `user_id`. */
  userId?: string;
  /** Address of the user. API field `email`. */
  email?: string;
  /** Id of the organization that the key belongs to. API field `org_id`. */
  orgId?: string;
  /** Whether the account may start runs. API field `is_active`. */
  isActive?: boolean;
  /** What is left of the credits, in the account's currency. API field `credits`. */
  credits?: number;
}
