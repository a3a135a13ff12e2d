import type { Redactor } from "../../secrets";
import { parseAborted } from "../answers/parse";
import { parseExecutionPage } from "../answers/parse-list";
import { hasEnded, isEndKind, kindOf } from "../answers/status";
import type { Caller } from "../http/caller";
import type { StartRequest } from "../port";
import { startOutcome } from "../start-outcome";
import type { Answers } from "./answers";
import { readValue, recordAnswer } from "./answers";
import type { Questions } from "./questions";
import { createQuestions } from "./questions";

/** Seconds after which the service ends the run, whatever becomes of the probe. */
export const RUN_TIMEOUT_SECONDS = 10;
/** Seconds of grace on cancel. */
const RUN_GRACE_SECONDS = 1;

/** What of a probe the user may choose. */
export interface ProbePlan {
  readonly image: string;
  /** The compose text, where the user gives one in place of the built-in one. */
  readonly composeFileCode?: string | undefined;
  readonly machine: string;
  readonly endsBy: "abort" | "itself";
  /** Recognizable in a list of runs. */
  readonly fileName: string;
}

/** What the probe starts: one service that prints a line and sleeps. */
function probeStart(plan: ProbePlan): StartRequest {
  return {
    compose_file_code: plan.composeFileCode ?? composeText(plan),
    execution_type: plan.machine,
    timeout: RUN_TIMEOUT_SECONDS,
    graceful_timeout: RUN_GRACE_SECONDS,
    file_name: plan.fileName,
    enable_s3_mount: false,
  };
}

function composeText({ image, endsBy }: ProbePlan): string {
  const seconds = endsBy === "abort" ? RUN_TIMEOUT_SECONDS - 1 : 2;
  const command = ["sh", "-c", `echo pulumi-lyceum probe; sleep ${seconds}`];
  return `services:\n  probe:\n    image: ${JSON.stringify(image)}\n    command: ${JSON.stringify(command)}\n`;
}

/** Effects of a probe. */
export interface WalkPorts {
  readonly call: Caller;
  readonly redact: Redactor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  /** An id that no run has. */
  readonly unknownId: string;
  /** Given when the user wants to stop. */
  readonly signal: AbortSignal;
  /** One line of progress. */
  readonly progress: (text: string) => void;
}

/** What a probe came to. */
export interface Walked {
  readonly answers: Answers;
  /** The user stopped it. */
  readonly interrupted: boolean;
  /** Set where a run was started and its end was not seen. */
  readonly cleanedUp?: CleanedUp;
  /** The start may have made a run that list and history do not show. */
  readonly startLost: boolean;
}

/** Seconds between two checks of the run. */
const RHYTHM_SECONDS = 0.5;
/** Longest waits, in seconds: for a machine, for the end, and for a list to follow. */
const QUEUE_SECONDS = 120;
const END_SECONDS = RUN_TIMEOUT_SECONDS + RUN_GRACE_SECONDS + 60;
const LIST_SECONDS = 10;

type Draft = { -readonly [K in keyof Answers]: Answers[K] };

class Stopped extends Error {}

/** Asks every question of the table, with one run. Whatever happens, a run whose end was not seen is aborted. */
export async function walk(ports: WalkPorts, plan: ProbePlan): Promise<Walked> {
  const { call, redact, signal } = ports;
  const draft: Draft = {
    run: { fileName: plan.fileName, machine: plan.machine, endsBy: plan.endsBy, startedAt: ports.now() },
    ended: false,
  };
  const questions = createQuestions(call, redact, signal);
  let interrupted = false;
  let startLost = false;
  let cleanedUp: CleanedUp | undefined;
  try {
    await askWithoutRun(ports, questions, draft);
    startLost = await startRun(ports, questions, draft, plan);
    if (draft.run.id !== undefined) {
      await watchRun(ports, questions, draft, draft.run.id);
      await askAfterEnd(ports, questions, draft, draft.run.id);
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    interrupted = true;
  } finally {
    if (draft.run.id !== undefined && !draft.ended) cleanedUp = await abortRun(call, redact, draft.run.id);
  }
  return { answers: draft, interrupted, startLost, ...(cleanedUp === undefined ? {} : { cleanedUp }) };
}

async function askWithoutRun(ports: WalkPorts, questions: Questions, draft: Draft): Promise<void> {
  ports.progress("Asking what needs no run");
  draft.account = await questions.account();
  draft.machines = await questions.machines();
  draft.hardware = await questions.hardware();
  draft.unknownRecord = await questions.record(ports.unknownId);
  draft.unknownAbort = await questions.abort(ports.unknownId);
  goOn(ports);
  draft.emptyStart = await questions.start({});
  const started = readValue(draft.emptyStart);
  // Nothing says that this can happen. If it does, that run is not left behind either.
  if (started !== undefined) await abortRun(ports.call, ports.redact, started.executionId);
}

/** @returns whether a run may exist that nothing shows. */
async function startRun(ports: WalkPorts, questions: Questions, draft: Draft, plan: ProbePlan): Promise<boolean> {
  goOn(ports);
  ports.progress(`Starting the run ${plan.fileName} on ${plan.machine}`);
  draft.run = { ...draft.run, startedAt: ports.now() };
  draft.start = await questions.start(probeStart(plan));
  const outcome = startOutcome(draft.start.result);
  const id =
    outcome.kind === "started"
      ? outcome.executionId
      : outcome.kind === "unknown"
        ? await findByFileName(ports.call, plan.fileName)
        : undefined;
  if (id !== undefined) draft.run = { ...draft.run, id };
  return outcome.kind === "unknown" && id === undefined;
}

/** Reads the run while it is active, aborts it where it is planned, and waits for its end. */
async function watchRun(ports: WalkPorts, questions: Questions, draft: Draft, id: string): Promise<void> {
  const isListed = (): boolean =>
    readValue(draft.activeList)?.executions.some((run) => run.executionId === id) === true;
  await until(ports, LIST_SECONDS, async () => {
    draft.activeList = await questions.list();
    draft.activeRecord = await questions.record(id);
    // A list that cannot be read will not be readable in a moment.
    return isListed() || draft.activeList.result.kind !== "value" || (await sawEnd(questions, draft, id));
  });
  draft.activeStatus = await questions.olderStatus(id);
  ports.progress(`Run ${id} is accepted; waiting until it runs`);
  await until(ports, QUEUE_SECONDS, async () => {
    if (await sawEnd(questions, draft, id)) return true;
    const record = readValue(draft.endedRecord);
    const older = record === undefined ? readValue(draft.activeStatus) : undefined;
    const kind = kindOf(record ?? older ?? { status: "running" });
    if (kind === "waiting" && record === undefined) draft.activeStatus = await questions.olderStatus(id);
    return kind !== "waiting";
  });
  if (draft.run.endsBy === "abort" && !draft.ended) {
    ports.progress("Aborting it");
    draft.abort = await questions.abort(id);
  }
  ports.progress("Waiting for its end");
  await until(ports, END_SECONDS, () => sawEnd(questions, draft, id));
}

/** The end, by the same ladder as the client's: record, older status, list. */
async function sawEnd(questions: Questions, draft: Draft, id: string): Promise<boolean> {
  if (draft.ended) return true;
  draft.endedRecord = await questions.record(id);
  const record = readValue(draft.endedRecord);
  if (record !== undefined) draft.ended = hasEnded(record);
  if (record !== undefined && (draft.ended || isKnown(record.status))) return draft.ended;
  const older = readValue(await questions.olderStatus(id));
  if (older !== undefined && isKnown(older.status)) draft.ended = hasEnded(older);
  else {
    const history = readValue(await questions.history(50, 0));
    const entry = history?.executions.find((run) => run.executionId === id);
    draft.ended = entry !== undefined && isEndKind(kindOf(entry));
  }
  return draft.ended;
}

const isKnown = (status: string): boolean => kindOf({ status }) !== "unknown";

async function askAfterEnd(ports: WalkPorts, questions: Questions, draft: Draft, id: string): Promise<void> {
  ports.progress("Asking about the ended run");
  await until(ports, LIST_SECONDS, async () => {
    draft.endedList = await questions.list();
    return readValue(draft.endedList)?.executions.every((run) => run.executionId !== id) !== false;
  });
  await until(ports, LIST_SECONDS, async () => {
    draft.history = await questions.history(50, 0);
    return readValue(draft.history)?.executions.some((run) => run.executionId === id) !== false;
  });
  draft.firstPage = await questions.history(1, 0);
  draft.secondPage = await questions.history(1, 1);
  await until(ports, LIST_SECONDS, async () => {
    draft.logs = await questions.logs(id);
    return readValue(draft.logs)?.lines.length !== 0;
  });
  draft.timing = await questions.timing(id);
  if (draft.ended) draft.deletedRecord = await questions.deleteRecord(id);
}

/** Asks again and again, until it is so or the time is over. */
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
 * What became of the run of a probe that did not see its end. `over`: 404, so it has ended, or the service does not know it.
 * `left`: the abort was not accepted, and `timeout` ends the run.
 */
interface CleanedUp {
  readonly kind: "aborted" | "over" | "left";
  readonly id: string;
}

/** Aborts a run. Not bound to the signal of the probe: it is called because that was given. */
async function abortRun(call: Caller, redact: Redactor, id: string): Promise<CleanedUp> {
  const parse = (json: unknown) => parseAborted(json, redact);
  const result = await call({ operation: "abortWorkload", executionId: id, parse, attempts: 3 });
  if (result.kind === "value") return { kind: "aborted", id };
  return { kind: result.kind === "answer" && result.answer.status === 404 ? "over" : "left", id };
}

/** The run of a start whose answer was lost: the provider looks for it by its file name in the same two calls. */
async function findByFileName(call: Caller, fileName: string): Promise<string | undefined> {
  const requests = [
    { operation: "listWorkloads" as const },
    { operation: "getBillingHistory" as const, query: { limit: 50, offset: 0 } },
  ];
  for (const request of requests) {
    const page = readValue(await recordAnswer(call, { ...request, parse: parseExecutionPage, attempts: 2 }));
    const run = page?.executions.find((entry) => entry.fileName === fileName);
    if (run !== undefined) return run.executionId;
  }
  return undefined;
}
