import { toIso } from "../clock/clock";
import { createdAt, type Execution, endedAt, reachedAt } from "./execution";
import type { StoredRun } from "./execution-store";
import type { RunOutput, StoredLine } from "./output";

/** The largest output in a record, in bytes. The newest output is kept. */
const RECORD_OUTPUT_BYTES = 256 * 1024;

/** Returns a run as `GET /workloads/list` and `GET /billing/history` show it. */
export function summary(execution: Execution) {
  return {
    execution_id: execution.executionId,
    status: execution.status,
    hardware_profile: execution.machine,
    created_at: toIso(createdAt(execution)),
    start_time: iso(reachedAt(execution, "running")),
    end_time: iso(endedAt(execution)),
    execution_type: "docker",
    job_type: "docker_compose",
    return_code: execution.returnCode,
    billed: 0,
    file_name: execution.fileName,
  };
}

/**
 * Returns the full record. Like the real API possibly does, the record repeats the body of the start with its
 * credentials. So tests find clients that copy unknown fields.
 */
export function record({ execution, body, output }: StoredRun, engine: "docker" | "simulated") {
  const started = iso(reachedAt(execution, "running"));
  const finished = iso(endedAt(execution));
  const lines = newestLines(inOrder(output));
  return {
    ...summary(execution),
    finish_time: finished,
    job_start: started,
    job_end: finished,
    stdout: text(lines.filter((line) => line.stream === "stdout")),
    stderr: text(lines.filter((line) => line.stream === "stderr")),
    combined_output: text(lines),
    result: execution.returnCode === null ? null : { returnCode: execution.returnCode },
    errors: joined(execution.errors),
    errors_docker: joined(execution.dockerErrors),
    system_errors: execution.systemErrors,
    emulated_by: engine,
    request: body,
  };
}

/**
 * Returns the lines of all services, sorted by time. Without sorting, lines of different services may be in the wrong
 * order, because each service is read separately.
 */
export function inOrder(output: RunOutput): readonly StoredLine[] {
  return [...output.from()].sort((one, other) =>
    one.timestamp < other.timestamp ? -1 : one.timestamp > other.timestamp ? 1 : 0,
  );
}

function newestLines(lines: readonly StoredLine[]): readonly StoredLine[] {
  let first = lines.length;
  for (let left = RECORD_OUTPUT_BYTES; first > 0; first--) {
    left -= Buffer.byteLength(lines[first - 1]?.message ?? "") + 1;
    if (left < 0) break;
  }
  return lines.slice(first);
}

/** Returns the duration of each phase in seconds. Null for a phase that has not begun. */
export function timing(execution: Execution, now: number) {
  const end = endedAt(execution);
  const starting = reachedAt(execution, "starting");
  const running = reachedAt(execution, "running");
  const cancelling = reachedAt(execution, "cancelling");
  const spans = {
    queued: [createdAt(execution), starting ?? cancelling ?? end],
    launchingContainer: [starting, running ?? cancelling ?? end],
    executingJob: [running, cancelling ?? end],
    shuttingDown: [cancelling, end],
    total: [createdAt(execution), end],
  } as const;
  const duration = ([from, to]: readonly [number | undefined, number | undefined]) =>
    from === undefined ? null : ((to ?? now) - from) / 1000;
  return {
    timing: {
      queued: duration(spans.queued),
      launchingContainer: duration(spans.launchingContainer),
      executingJob: duration(spans.executingJob),
      shuttingDown: duration(spans.shuttingDown),
      total: duration(spans.total),
      phases: Object.fromEntries(
        Object.entries(spans).map(([name, span]) => [
          name,
          { start_time: iso(span[0]), end_time: iso(span[1]), duration: duration(span) },
        ]),
      ),
    },
  };
}

/** Returns an item of the logs. */
export function logEntry(line: StoredLine, hostname: string) {
  return {
    timestamp: line.timestamp,
    message: line.message,
    level: line.stream === "stderr" ? "ERROR" : "INFO",
    hostname,
    labels: { service: line.service, stream: line.stream },
  };
}

/** Returns reasons in the form of the API: one text, or null. */
export function joined(reasons: readonly string[]): string | null {
  return reasons.length === 0 ? null : reasons.join("\n");
}

function iso(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : toIso(milliseconds);
}

function text(lines: readonly StoredLine[]): string {
  return lines.map((line) => `${line.message}\n`).join("");
}
