import type { StatusKind } from "../answers/status";
import { isEndKind, kindOf } from "../answers/status";
import type { LyceumPort, StartRequest } from "../port";
import type { Answers } from "./answers";
import { readValue, recordAnswer, recordLookup } from "./answers";

/** Seconds after which Lyceum ends the run, even if the probe has failed. */
export const RUN_TIMEOUT_SECONDS = 10;
/** Seconds between the signal to stop and the end of the run, if the run is aborted. */
const RUN_GRACE_SECONDS = 1;
/**
 * A Compose service that prints a line and sleeps. `x-lyceum-sim` gives the same result on an emulator without Docker.
 */
const COMPOSE_TEXT = `services:
  probe:
    image: busybox:stable
    command: ["sh", "-c", "echo pulumi-lyceum probe; sleep ${RUN_TIMEOUT_SECONDS - 1}"]
x-lyceum-sim: { run: ${RUN_TIMEOUT_SECONDS - 1}, output: [{ line: pulumi-lyceum probe, at: 0 }] }
`;

/** The effects that a probe needs, and the user's choices. */
export interface WalkPorts {
  readonly client: LyceumPort;
  /** Milliseconds since the epoch. */
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
}

/** The outcome of a probe. */
export interface Walked {
  readonly answers: Answers;
  /** Whether the user stopped the probe. */
  readonly interrupted: boolean;
  /** Set if the probe started a run and did not observe its end. */
  readonly cleanedUp?: CleanedUp;
  /** Set if the start may have made a run that neither list nor history shows. */
  readonly startLost: boolean;
}

/** Seconds between two checks of the run. */
const RHYTHM_SECONDS = 0.5;
/** Longest waits in seconds: for a machine, for the end, and until a list is up to date. */
const QUEUE_SECONDS = 120;
const END_SECONDS = RUN_TIMEOUT_SECONDS + RUN_GRACE_SECONDS + 60;
const LIST_SECONDS = 10;
const FIRST_PAGE = { limit: 50, offset: 0 };
const LINES = 10;

type Draft = { -readonly [K in keyof Answers]: Answers[K] };

class Stopped extends Error {}

/**
 * Makes all calls that the assumptions concern, with one run. If the probe does not observe the end of the run, the
 * probe aborts the run.
 */
export async function walk(ports: WalkPorts): Promise<Walked> {
  const { machine, fileName } = ports;
  const draft: Draft = { run: { fileName, machine, startedAt: ports.now(), ended: false } };
  let interrupted = false;
  let startLost = false;
  let cleanedUp: CleanedUp | undefined;
  try {
    await askWithoutRun(ports, draft);
    startLost = await startRun(ports, draft);
    if (draft.run.id !== undefined) {
      await watchRun(ports, draft, draft.run.id);
      await askAfterEnd(ports, draft, draft.run.id);
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    interrupted = true;
  } finally {
    if (draft.run.id !== undefined && !draft.run.ended) cleanedUp = await abortRun(ports.client, draft.run.id);
  }
  return { answers: draft, interrupted, startLost, ...(cleanedUp === undefined ? {} : { cleanedUp }) };
}

async function askWithoutRun({ client, signal, unknownId, progress }: WalkPorts, draft: Draft): Promise<void> {
  progress("Asking what needs no run");
  draft.machines = await recordAnswer("listMachineTypes", client.machineTypes({ signal }));
  draft.unknownRecord = await recordLookup("getExecution", client.record(unknownId, { signal }));
  draft.unknownAbort = await recordLookup("abortWorkload", client.abort(unknownId, { signal }));
}

/**
 * Starts the run.
 *
 * @returns true if a run may exist that no call shows
 */
async function startRun(ports: WalkPorts, draft: Draft): Promise<boolean> {
  goOn(ports);
  const { client, fileName, machine } = ports;
  ports.progress(`Starting the run ${fileName} on ${machine}`);
  draft.run = { ...draft.run, startedAt: ports.now() };
  const request: StartRequest = {
    compose_file_code: COMPOSE_TEXT,
    execution_type: machine,
    timeout: RUN_TIMEOUT_SECONDS,
    graceful_timeout: RUN_GRACE_SECONDS,
    file_name: fileName,
    enable_s3_mount: false,
  };
  // The signal of the probe does not cancel the start. If the probe did not wait for the answer to a sent start, the
  // run would stay active.
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

/** Reads the run while it is active, aborts it, and waits for its end. */
async function watchRun(ports: WalkPorts, draft: Draft, id: string): Promise<void> {
  const { client, signal } = ports;
  let kind: StatusKind | undefined;
  const isOver = async (): Promise<boolean> => {
    kind = await readKind(ports, draft, id);
    draft.run = { ...draft.run, ended: kind !== undefined && isEndKind(kind) };
    return draft.run.ended;
  };
  await until(ports, LIST_SECONDS, async () => {
    draft.activeList = await recordAnswer("listWorkloads", client.listActive({ signal }));
    draft.activeRecord = await recordLookup("getExecution", client.record(id, { signal }));
    // If Lyceum refused the list, the probe does not wait until the list shows the run.
    const isListed = readValue(draft.activeList)?.executions.some((run) => run.executionId === id);
    return isListed !== false || (await isOver());
  });
  ports.progress(`Run ${id} is accepted; waiting until it runs`);
  await until(ports, QUEUE_SECONDS, async () => (await isOver()) || kind !== "waiting");
  if (!draft.run.ended) {
    ports.progress("Aborting it");
    draft.abort = await recordLookup("abortWorkload", client.abort(id, { signal }));
  }
  ports.progress("Waiting for its end");
  await until(ports, END_SECONDS, async () => draft.run.ended || (await isOver()));
}

/** The kind of the run, from the first known status word in the record, the older status and the history. */
async function readKind({ client, signal }: WalkPorts, draft: Draft, id: string): Promise<StatusKind | undefined> {
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

async function askAfterEnd(ports: WalkPorts, draft: Draft, id: string): Promise<void> {
  const { client, signal } = ports;
  ports.progress("Asking about the ended run");
  await until(ports, LIST_SECONDS, async () => {
    draft.history = await recordAnswer("getBillingHistory", client.history(FIRST_PAGE, { signal }));
    return readValue(draft.history)?.executions.some((run) => run.executionId === id) !== false;
  });
  await until(ports, LIST_SECONDS, async () => {
    draft.output = await recordAnswer("getExecutionLogs", client.logsTail(id, LINES, { signal }));
    return readValue(draft.output)?.length !== 0;
  });
  if (draft.run.ended) {
    draft.deletedRecord = await recordLookup("deleteExecutionRecord", client.deleteRecord(id, { signal }));
  }
}

/** Repeats a check until it succeeds or the time is over. */
async function until(ports: WalkPorts, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = ports.now() + seconds * 1000;
  for (;;) {
    goOn(ports);
    const done = await isSo();
    goOn(ports);
    if (done || ports.now() >= deadline) return;
    await ports.sleep(RHYTHM_SECONDS, ports.signal);
  }
}

function goOn({ signal }: WalkPorts): void {
  if (signal.aborted) throw new Stopped();
}

/**
 * What happened to the run if the probe did not observe its end. `over`: Lyceum answers 404, so the run has ended or is
 * unknown. `left`: Lyceum did not accept the abort, and only `timeout` ends the run.
 */
interface CleanedUp {
  readonly kind: "aborted" | "over" | "left";
  readonly id: string;
}

/**
 * Aborts a run. The signal of the probe does not cancel this abort, because the probe also aborts the run when the user
 * stops the probe.
 */
async function abortRun(client: LyceumPort, id: string): Promise<CleanedUp> {
  const abort = await recordLookup("abortWorkload", client.abort(id));
  if (abort.kind === "value") return { kind: "aborted", id };
  return { kind: abort.error.status === 404 ? "over" : "left", id };
}

/**
 * Finds the run of a start whose answer was lost. The probe searches by the file name, in the two calls that the
 * provider also uses to find such a run.
 */
async function findByFileName(client: LyceumPort, fileName: string): Promise<string | undefined> {
  const pages = [
    await recordAnswer("listWorkloads", client.listActive()),
    await recordAnswer("getBillingHistory", client.history(FIRST_PAGE)),
  ];
  const runs = pages.flatMap((page) => readValue(page)?.executions ?? []);
  return runs.find((run) => run.fileName === fileName)?.executionId;
}
