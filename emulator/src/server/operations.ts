import { BUCKET_NAME, BUCKET_REGION } from "../bucket/bucket";
import { toIso } from "../clock/clock";
import type { ValidRequest } from "../contract/validators";
import { type Execution, endedAt, reachedAt } from "../executions/execution";
import type { StoredRun } from "../executions/execution-store";
import { isMachine, MACHINES, machineTypes, prices } from "../executions/machines";
import { machineOf } from "../executions/start-body";
import { joined, logEntry, record, summary, timing } from "../executions/views";
import { type Answer, failure, ok } from "./answer";
import { type ServerState, STREAM_PATH } from "./state";
import type { VisibleRuns } from "./visible-runs";

/** A valid request, and the runs that the request may see. */
export interface OperationCall {
  readonly request: ValidRequest;
  readonly visible: VisibleRuns;
  /** The origin of this server as the client reaches it, such as `http://127.0.0.1:4010`. */
  readonly origin: string;
}

/** Answers one operation. If the handler throws, this is an error of the emulator: the answer has the status 500. */
export type OperationHandler = (call: OperationCall, state: ServerState) => Answer;

/**
 * Makes the handler of an operation about one run. If the run is unknown, or an injected fault hides the run, the
 * handler answers 404.
 */
function onRun(answer: (run: StoredRun, call: OperationCall, state: ServerState) => unknown): OperationHandler {
  return (call, state) => {
    const run = call.visible.find(idOf(call));
    return run === undefined ? failure(404, "Execution not found") : ok(answer(run, call, state));
  };
}

/**
 * Makes the handler of an operation that ends a run. The handler also works after the run's record was deleted. If an
 * injected fault hides the run, the handler answers as for an unknown run.
 */
function onCancel(how: "abort" | "stop", message: string, gone: string): OperationHandler {
  return (call, { runs }) => {
    const { visible } = call;
    const id = idOf(call);
    const execution = visible.isForgotten(id) ? undefined : runs.cancel(id, how);
    return execution === undefined
      ? failure(404, `Execution not found or already ${gone}`)
      : ok({ execution_id: id, status: execution.status, message });
  };
}

/** The only organization of the only account of the emulator. */
const ORGANISATION = {
  org_id: "local-organisation",
  slug: "local",
  name: "Local emulator",
  is_personal: true,
  is_key_scoped: true,
} as const;

/** For the id of each operation in the contract, its handler. */
export const operations: Readonly<Record<string, OperationHandler>> = {
  startComposeExecution({ request, origin }, { runs }) {
    const machine = machineOf(request.body);
    if (!isMachine(machine)) {
      const known = MACHINES.map((entry) => entry.hardwareProfile).join(", ");
      return failure(400, `Machine type '${machine}' is not available. Available: ${known}`);
    }
    const { executionId, status } = runs.start(request.body);
    return ok({ execution_id: executionId, status, streaming_url: origin + STREAM_PATH + executionId });
  },

  getExecution: onRun((run, _, { engine }) => record(run, engine.name)),

  deleteExecutionRecord: onRun((run, _, { runs }) => {
    runs.deleteRecord(run);
    return { execution_id: run.execution.executionId, message: "Execution record deleted" };
  }),

  getStreamingStatus: onRun(({ execution: { status, errors, dockerErrors } }) => ({
    status,
    errors: joined([...errors, ...dockerErrors]),
  })),

  getExecutionTiming: onRun(({ execution }, _, { clock }) => timing(execution, clock.now())),

  getExecutionMetrics: onRun(({ execution }, { request }, { clock, engine }) =>
    metrics(execution, request.query, `local-${engine.name}`, clock.now()),
  ),

  getExecutionLogs: onRun(({ output }, { request }, { clock, engine }) => {
    const since = clock.now() - Number(request.query.hours) * 3_600_000;
    const lines = output.inOrder().filter((line) => Date.parse(line.timestamp) >= since);
    const newest = lines.slice(-Number(request.query.limit));
    const total = lines.reduce((sum, { omittedLines = 1 }) => sum + omittedLines, 0);
    return { logs: newest.map((line) => logEntry(line, `local-${engine.name}`)), total };
  }),

  abortWorkload: onCancel("abort", "Abort signal sent", "completed"),

  stopWorkload: onCancel("stop", "Stop signal sent", "stopped"),

  listWorkloads({ visible }) {
    return ok(visible.active().map(summary));
  },

  getBillingHistory({ request, visible }) {
    const limit = Number(request.query.limit);
    const offset = Number(request.query.offset);
    const history = visible.history();
    const counts: Record<string, number> = {};
    for (const { status } of history) counts[status] = (counts[status] ?? 0) + 1;
    return ok({
      executions: history.slice(offset, offset + limit).map(summary),
      total_executions: history.length,
      counts_by_status: counts,
      limit,
      offset,
    });
  },

  listMachineTypes() {
    return ok(machineTypes());
  },

  getAvailableHardware() {
    return ok({ available_hardware_profiles: MACHINES.map((machine) => machine.hardwareProfile) });
  },

  getUserStatus(_, { engine }) {
    return ok({
      user_id: "local-user",
      email: "local@emulator.invalid",
      org_id: ORGANISATION.org_id,
      is_active: true,
      credits: 1000,
      emulated_by: engine.name,
    });
  },

  createStorageCredentials({ origin }, { bucket }) {
    const { accessKey, secretKey, sessionToken } = bucket.credentials.issue(bucket.settings.credentialSeconds);
    return ok({
      access_key: accessKey,
      secret_key: secretKey,
      session_token: sessionToken,
      endpoint: origin,
      bucket_name: BUCKET_NAME,
      region: BUCKET_REGION,
    });
  },
  getUserOrganisation() {
    return ok(ORGANISATION);
  },

  listPrices() {
    return ok({ prices: prices() });
  },

  ping() {
    return ok({ status: "ok" });
  },
};

function idOf({ request, visible }: OperationCall): string {
  return visible.idOf(request.path.execution_id ?? "");
}

/** The series of metrics that a client may expect. Each series is empty, because the emulator measures nothing. */
const SERIES = [
  "gpuUtilizationPercent",
  "gpuMemoryUtilizationPercent",
  "gpuTemperatureCelsius",
  "gpuPowerWatt",
  "systemCpuUsagePercent",
  "systemRamUsedBytes",
] as const;

/** Returns the metrics of a run, without samples. By default, the period is the time in which the run was active. */
function metrics(execution: Execution, asked: ValidRequest["query"], hostname: string, now: number) {
  const began = reachedAt(execution, "running");
  const until = endedAt(execution) ?? now;
  return {
    executionId: execution.executionId,
    hostname,
    timeRange: {
      start: asked.start ?? (began === undefined ? null : toIso(began)),
      end: asked.end ?? (began === undefined ? null : toIso(until)),
    },
    ...Object.fromEntries(SERIES.map((name) => [name, []])),
  };
}
