import type { Clock } from "../clock/clock";
import { toIso } from "../clock/clock";
import type { ValidRequest } from "../contract/validators";
import { type Execution, endedAt, reachedAt } from "../executions/execution";
import { isMachine, machines, prices } from "../executions/machines";
import type { StoredLine } from "../executions/output";
import type { Runs } from "../executions/runs";
import { machineOf } from "../executions/start-body";
import { logEntry, machineTypes, record, recordOutputBytes, summary, timing } from "../executions/views";
import type { ExecutionStore } from "../store/execution-store";
import { type Answer, failure, ok } from "./answer";
import type { VisibleRuns } from "./visible-runs";

/** What the operations work with. */
export interface OperationContext {
  readonly runs: Runs;
  readonly store: ExecutionStore;
  readonly clock: Clock;
  readonly engine: "docker" | "simulated";
  /** Where the output of a run streams from. */
  readonly streamingUrl: (executionId: string) => string;
}

/** One valid request, and the runs as it sees them. */
export interface OperationCall {
  readonly request: ValidRequest;
  readonly visible: VisibleRuns;
}

/** Answers one operation. A throw is a fault of the emulator: 500. */
export type OperationHandler = (call: OperationCall, context: OperationContext) => Promise<Answer>;

const unknownExecution = failure(404, "Execution not found");

/** The one organisation of the one account. */
const organisation = {
  org_id: "local-organisation",
  slug: "local",
  name: "Local emulator",
  is_personal: true,
  is_key_scoped: true,
} as const;

/** The handlers by operation id of the contract. */
export const operations: Readonly<Record<string, OperationHandler>> = {
  async startComposeExecution({ request }, { runs, streamingUrl }) {
    const machine = machineOf(request.body);
    if (!isMachine(machine)) {
      const known = machines.map((entry) => entry.hardwareProfile).join(", ");
      return failure(400, `Machine type '${machine}' is not available. Available: ${known}`);
    }
    const { executionId, status } = await runs.start(request.body);
    return ok({ execution_id: executionId, status, streaming_url: streamingUrl(executionId) });
  },

  async getExecution({ request, visible }, { store, engine }) {
    const execution = await visible.find(idOf(request));
    if (execution === undefined) return unknownExecution;
    const body = (await store.body(execution.executionId)) ?? {};
    const lines = await newestLines(store, execution.executionId);
    return ok(record(execution, body, lines, { hideFileName: visible.hidesFileName(execution), engine }));
  },

  async deleteExecutionRecord({ request, visible }, { runs }) {
    const execution = await visible.find(idOf(request));
    if (execution === undefined || !(await runs.deleteRecord(execution.executionId))) return unknownExecution;
    return ok({ execution_id: execution.executionId, message: "Execution record deleted" });
  },

  async getStreamingStatus({ request, visible }) {
    const execution = await visible.find(idOf(request));
    if (execution === undefined) return unknownExecution;
    const errors = [...execution.errors, ...execution.dockerErrors];
    return ok({ status: execution.status, errors: errors.length === 0 ? null : errors.join("\n") });
  },

  async getExecutionTiming({ request, visible }, { clock }) {
    const execution = await visible.find(idOf(request));
    return execution === undefined ? unknownExecution : ok(timing(execution, clock.now()));
  },

  async getExecutionMetrics({ request, visible }, { clock, engine }) {
    const execution = await visible.find(idOf(request));
    if (execution === undefined) return unknownExecution;
    const asked = { start: textOf(request.query.start), end: textOf(request.query.end) };
    return ok(metrics(execution, asked, `local-${engine}`, clock.now()));
  },

  async abortWorkload({ request, visible }, { runs }) {
    const id = idOf(request);
    const execution = (await isForgotten(id, runs, visible)) ? undefined : await runs.abort(id);
    if (execution === undefined) return failure(404, "Execution not found or already completed");
    return ok({ execution_id: id, status: execution.status, message: "Abort signal sent" });
  },

  async stopWorkload({ request, visible }, { runs }) {
    const id = idOf(request);
    const execution = (await isForgotten(id, runs, visible)) ? undefined : await runs.stop(id);
    if (execution === undefined) return failure(404, "Execution not found or already stopped");
    return ok({ execution_id: id, status: execution.status, message: "Stop signal sent" });
  },

  async listWorkloads({ visible }) {
    return ok(
      visible.active().map((execution) => summary(execution, { hideFileName: visible.hidesFileName(execution) })),
    );
  },

  async getBillingHistory({ request, visible }) {
    const limit = Number(request.query.limit);
    const offset = Number(request.query.offset);
    const { executions, counts } = visible.history(offset, limit);
    return ok({
      executions: executions.map((execution) => summary(execution, { hideFileName: visible.hidesFileName(execution) })),
      total_executions: Object.values(counts).reduce((sum, count) => sum + count, 0),
      counts_by_status: counts,
      limit,
      offset,
    });
  },

  async getExecutionLogs({ request, visible }, { runs, clock, engine }) {
    const execution = await visible.find(idOf(request));
    if (execution === undefined) return unknownExecution;
    const since = clock.now() - Number(request.query.hours) * 3_600_000;
    const lines: StoredLine[] = [];
    for await (const line of runs.lines(execution.executionId))
      if (Date.parse(line.timestamp) >= since) lines.push(line);
    const newest = lines.slice(-Number(request.query.limit));
    return ok({ logs: newest.map((line) => logEntry(line, `local-${engine}`)), total: lines.length });
  },

  async listMachineTypes() {
    return ok(machineTypes());
  },

  async getAvailableHardware() {
    return ok({ available_hardware_profiles: machines.map((machine) => machine.hardwareProfile) });
  },

  async getUserStatus(_, { engine }) {
    return ok({
      user_id: "local-user",
      email: "local@emulator.invalid",
      org_id: organisation.org_id,
      is_active: true,
      credits: 1000,
      emulated_by: engine,
    });
  },

  async getUserOrganisation() {
    return ok(organisation);
  },

  async listPrices() {
    return ok({ prices: prices() });
  },

  async ping() {
    return ok({ status: "ok" });
  },
};

function idOf(request: ValidRequest): string {
  return request.path.execution_id ?? "";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A deleted record does not keep a run from being stopped; one that an injected fault hides does. */
async function isForgotten(id: string, runs: Runs, visible: VisibleRuns): Promise<boolean> {
  return (await runs.find(id)) !== undefined && (await visible.find(id)) === undefined;
}

async function newestLines(store: ExecutionStore, executionId: string): Promise<readonly StoredLine[]> {
  const lines: StoredLine[] = [];
  let bytes = 0;
  for await (const line of store.linesBackwards(executionId)) {
    bytes += Buffer.byteLength(line.message) + 1;
    if (bytes > recordOutputBytes) break;
    lines.push(line);
  }
  return lines.reverse();
}

/** The series that a client may look for. The emulator measures nothing, so each is empty and never invented. */
const series = [
  "gpuUtilizationPercent",
  "gpuMemoryUtilizationPercent",
  "gpuTemperatureCelsius",
  "gpuPowerWatt",
  "systemCpuUsagePercent",
  "systemRamUsedBytes",
] as const;

/** The time that is asked about; what is absent is the run's own time. */
interface AskedTime {
  readonly start: string | undefined;
  readonly end: string | undefined;
}

/** The metrics of a run: the time it ran, and no samples. */
function metrics(execution: Execution, asked: AskedTime, hostname: string, now: number) {
  const began = reachedAt(execution, "running");
  const until = endedAt(execution) ?? now;
  return {
    executionId: execution.executionId,
    hostname,
    timeRange: {
      start: asked.start ?? (began === undefined ? null : toIso(began)),
      end: asked.end ?? (began === undefined ? null : toIso(until)),
    },
    ...Object.fromEntries(series.map((name) => [name, []])),
  };
}
