import { toIso } from "../clock/clock";
import { createdAt, type Execution, endedAt, reachedAt } from "./execution";
import type { StoredRun } from "./execution-store";
import { gap, type ShownLine } from "./output";

/** The largest output in a field of a record, in bytes. Longer output is cut to its first and last lines. */
const RECORD_OUTPUT_BYTES = { first: 64 * 1024, last: 192 * 1024 } as const;

/** Returns a run in the form of `GET /workloads/list` and `GET /billing/history`. */
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
 * Returns the full record of a run. `request` is the body of the start request, with its credentials. The real API may
 * return this body too. So tests find clients that print unknown fields.
 */
export function record({ execution, body, output }: StoredRun, engine: "docker" | "simulated") {
  const started = iso(reachedAt(execution, "running"));
  const finished = iso(endedAt(execution));
  const lines = output.inOrder();
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

/** Returns lines as one text. If the text would be too long, one line replaces the lines in the middle. */
function text(lines: readonly ShownLine[]): string {
  const bytesOf = ({ message }: ShownLine): number => Buffer.byteLength(message) + 1;
  const { first, last } = RECORD_OUTPUT_BYTES;
  let size = 0;
  for (const line of lines) size += bytesOf(line);
  const head = size <= first + last ? lines.length : countWithin(lines.map(bytesOf), first);
  const tail = size <= first + last ? 0 : countWithin(lines.map(bytesOf).reverse(), last);
  const between = lines.slice(head, lines.length - tail);
  const omitted = between.reduce((sum, { omittedLines = 1 }) => sum + omittedLines, 0);
  const shown = [
    ...lines.slice(0, head),
    ...(omitted === 0 ? [] : [gap(omitted)]),
    ...lines.slice(lines.length - tail),
  ];
  return shown.map(({ message }) => `${message}\n`).join("");
}

/** Returns the largest number N for which the sum of the first N sizes is within the limit. */
function countWithin(sizes: readonly number[], limit: number): number {
  let left = limit;
  const beyond = sizes.findIndex((size) => {
    left -= size;
    return left < 0;
  });
  return beyond < 0 ? sizes.length : beyond;
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

/** Returns a line of output in the form of the API. */
export function logEntry(line: ShownLine, hostname: string) {
  return {
    timestamp: line.timestamp,
    message: line.message,
    level: line.stream === "stderr" ? "ERROR" : "INFO",
    hostname,
    labels: {
      service: line.service,
      stream: line.stream,
      // `omitted_lines` marks a line that stands for dropped lines. A client that printed these lines earlier can skip
      // the marked line.
      ...(line.omittedLines === undefined ? {} : { omitted_lines: String(line.omittedLines) }),
    },
  };
}

/** Joins reasons to the form of the API: one text, or null if there are no reasons. */
export function joined(reasons: readonly string[]): string | null {
  return reasons.length === 0 ? null : reasons.join("\n");
}

function iso(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : toIso(milliseconds);
}
