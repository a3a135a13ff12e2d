import type { StatusKind } from "../answers/status";
import { kindOf } from "../answers/status";
import type { LogLine, LyceumPort, StartRequest } from "../port";
import type { Answers } from "./answers";
import { readValue, recordAnswer, recordLookup } from "./answers";
import { type Marker, RUN_TIMEOUT_SECONDS } from "./mount";

const RUN_GRACE_SECONDS = 1;

/** The effects that a probe needs, and the user's choices. */
export interface WalkPorts {
  readonly client: LyceumPort;
  /** Returns the current time in milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  /** An execution id that no run has. */
  readonly unknownId: string;
  /** Fires when the user wants to stop the probe. */
  readonly signal: AbortSignal;
  /** Shows one line of progress. */
  readonly progress: (text: string) => void;
  readonly machine: string;
  /** The file name of the run. With this name, a person recognizes the run in a list of runs. */
  readonly fileName: string;
  readonly marker: Marker;
}

/** Seconds that `until` waits between two checks. */
const RHYTHM_SECONDS = 0.5;
/** The longest time that the probe waits until its run gets a machine, in seconds. */
export const QUEUE_SECONDS = 120;
/** The longest wait for the end of a run, in seconds. */
export const END_SECONDS = RUN_TIMEOUT_SECONDS + RUN_GRACE_SECONDS + 60;
/** The longest wait until a list is up to date, in seconds. */
export const LIST_SECONDS = 10;
/** The page of the history that has the newest runs. */
export const FIRST_PAGE = { limit: 50, offset: 0 };
const LINES = 10;

/** The answers of Lyceum that the probe has recorded so far. */
export type Draft = { -readonly [K in keyof Answers]: Answers[K] };

/** The error that `goOn` throws if the user has stopped the probe. */
export class Stopped extends Error {}

/**
 * Starts a run with a Compose text, and records the answer in `draft`. If the answer is lost, looks for the run by its
 * file name.
 *
 * @returns true if Lyceum may have started a run whose id is not known
 */
export async function startRun(ports: WalkPorts, draft: Draft, text: string, isMounted: boolean): Promise<boolean> {
  goOn(ports);
  const { client, machine } = ports;
  const { fileName } = draft.run;
  ports.progress(`Starting the run ${fileName} on ${machine}`);
  draft.run = { ...draft.run, startedAt: ports.now() };
  const request: StartRequest = {
    compose_file_code: text,
    execution_type: machine,
    timeout: RUN_TIMEOUT_SECONDS,
    graceful_timeout: RUN_GRACE_SECONDS,
    file_name: fileName,
    enable_s3_mount: isMounted,
  };
  // The signal of the probe does not cancel the start. If the start were cancelled, a run could stay active.
  const outcome = await client.start(request);
  const operation = "startComposeExecution";
  if (outcome.kind === "started") {
    draft.start = { operation, kind: "value", value: outcome };
    draft.run = { ...draft.run, id: outcome.executionId };
    return false;
  }
  draft.start = { operation, kind: "error", error: outcome.error };
  if (outcome.kind === "refused") return false;
  const found = await findByFileName(client, fileName);
  if (found !== undefined) draft.run = { ...draft.run, id: found };
  return found === undefined;
}

/**
 * Reads the kind of a run's status: first from the record, then with the older status call, then from the history.
 * Stops at the first status word that is known.
 */
export async function readKind(
  { client, signal }: WalkPorts,
  draft: Draft,
  id: string,
): Promise<StatusKind | undefined> {
  const sources = [
    async () => {
      draft.endedRecord = await recordLookup("getExecution", client.record(id, { signal }));
      return readValue(draft.endedRecord);
    },
    async () => readValue(await recordLookup("getStreamingStatus", client.olderStatus(id, { signal }))),
    async () => {
      const page = readValue(await recordAnswer("getBillingHistory", client.history(FIRST_PAGE, { signal })));
      return page?.executions.find((run) => run.executionId === id);
    },
  ];
  for (const read of sources) {
    const run = await read();
    const kind = run === undefined ? "unknown" : kindOf(run);
    if (kind !== "unknown") return kind;
  }
  return undefined;
}

/** Reads the output of a run until the output has enough lines. By default, one line is enough. */
export async function readOutput(
  ports: WalkPorts,
  draft: Draft,
  id: string,
  seconds = LIST_SECONDS,
  isEnough = (lines: readonly LogLine[]) => lines.length > 0,
): Promise<void> {
  const { client, signal } = ports;
  await until(ports, seconds, async () => {
    draft.output = await recordAnswer("getExecutionLogs", client.logsTail(id, LINES, { signal }));
    const lines = readValue(draft.output);
    return lines === undefined || isEnough(lines);
  });
}

/** Repeats a check until the check succeeds or the time limit is over. */
export async function until(ports: WalkPorts, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = ports.now() + seconds * 1000;
  for (;;) {
    goOn(ports);
    const done = await isSo();
    goOn(ports);
    if (done || ports.now() >= deadline) return;
    await ports.sleep(RHYTHM_SECONDS, ports.signal);
  }
}

/** Throws if the user has stopped the probe. */
export function goOn({ signal }: WalkPorts): void {
  if (signal.aborted) throw new Stopped();
}

/**
 * What happened to a run whose end the probe did not observe. `over`: Lyceum answers 404, so the run has ended or is
 * unknown. `left`: Lyceum did not accept the abort, so the run continues until its `timeout`.
 */
export interface CleanedUp {
  readonly kind: "aborted" | "over" | "left";
  readonly id: string;
}

/**
 * Aborts a run. The signal of the probe does not cancel this abort, because the run must also end if the user stops the
 * probe.
 */
export async function abortRun(client: LyceumPort, id: string): Promise<CleanedUp> {
  const abort = await recordLookup("abortWorkload", client.abort(id));
  if (abort.kind === "value") return { kind: "aborted", id };
  return { kind: abort.error.status === 404 ? "over" : "left", id };
}

/**
 * Finds a run by its file name in the list of active runs and in the history, after the answer to its start was lost.
 * The provider finds such a run in the same way.
 */
async function findByFileName(client: LyceumPort, fileName: string): Promise<string | undefined> {
  const pages = [
    await recordAnswer("listWorkloads", client.listActive()),
    await recordAnswer("getBillingHistory", client.history(FIRST_PAGE)),
  ];
  const runs = pages.flatMap((page) => readValue(page)?.executions ?? []);
  return runs.find((run) => run.fileName === fileName)?.executionId;
}
