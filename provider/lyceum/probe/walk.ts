import { exitCodeOf } from "../answers/exit-line";
import type { StatusKind } from "../answers/status";
import { isEndKind } from "../answers/status";
import type { LogLine } from "../port";
import type { Answers } from "./answers";
import { readValue, recordAnswer, recordLookup } from "./answers";
import { firstText, SHORT_SERVICE } from "./mount";
import {
  abortRun,
  type CleanedUp,
  type Draft,
  END_SECONDS,
  FIRST_PAGE,
  goOn,
  LIST_SECONDS,
  QUEUE_SECONDS,
  readKind,
  readOutput,
  Stopped,
  startRun,
  until,
  type WalkPorts,
} from "./run";
import { type LeftRun, tryVolume } from "./volume";

/**
 * The longest time, in seconds, that the probe waits for the output of an active run. With a longer wait, the run could
 * end before the probe aborts it.
 */
const FIRST_LINE_SECONDS = 4;

/** The outcome of a probe. */
export interface Walked {
  readonly answers: Answers;
  /** Whether the user stopped the probe. */
  readonly interrupted: boolean;
  /** What happened to a run whose end the probe did not observe. Absent if there is no such run. */
  readonly cleanedUp?: CleanedUp;
  /** The file name of a run that a start may have made, but that neither list nor history shows. */
  readonly lostRun?: string;
  /** The key of the small file that the probe has stored in the bucket. Set if the probe could not remove it. */
  readonly leftKey?: string;
}

/**
 * Makes the calls that show whether the provider's assumptions (`ASSUMPTIONS`) hold. The services of the first run
 * mount no volume. If this run does not see the bucket, starts a second run, which mounts a folder of the bucket.
 * Aborts each run whose end the probe did not observe.
 */
export async function walk(ports: WalkPorts): Promise<Walked> {
  const { machine, fileName } = ports;
  const draft: Draft = { run: { fileName, machine, startedAt: ports.now(), ended: false } };
  let interrupted = false;
  const left: LeftRun = {};
  let isMarkerLeft = false;
  try {
    await askWithoutRun(ports, draft);
    await storeMarker(ports, draft);
    if (await startFirst(ports, draft)) left.lostRun = fileName;
    if (draft.run.id !== undefined) {
      await watchRun(ports, draft, draft.run.id);
      await askAfterEnd(ports, draft, draft.run.id);
      await tryVolume(ports, draft, left);
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    interrupted = true;
  } finally {
    if (draft.run.id !== undefined && !draft.run.ended) left.cleanedUp = await abortRun(ports.client, draft.run.id);
    if (draft.marker?.kind === "stored") isMarkerLeft = !(await ports.marker.remove());
  }
  return {
    answers: draft,
    interrupted,
    ...left,
    ...(isMarkerLeft ? { leftKey: ports.marker.key } : {}),
  };
}

async function storeMarker(ports: WalkPorts, draft: Draft): Promise<void> {
  goOn(ports);
  ports.progress("Storing a small file in the bucket");
  draft.markerContent = ports.marker.content;
  draft.marker = await ports.marker.store();
}

/**
 * Starts the first run of the probe. If the probe's small file was stored in the bucket, the run mounts the bucket. If
 * Lyceum refuses a run with the bucket, starts the run without the bucket.
 *
 * @returns true if Lyceum may have started a run whose id is not known
 */
async function startFirst(ports: WalkPorts, draft: Draft): Promise<boolean> {
  const isMounted = draft.marker?.kind === "stored";
  const isLost = await startRun(ports, draft, firstText(isMounted ? ports.marker : undefined), isMounted);
  if (!isMounted || draft.run.id !== undefined || isLost || draft.start?.kind !== "error") return isLost;
  draft.mountedStart = draft.start;
  return startRun(ports, draft, firstText(undefined), false);
}

async function askWithoutRun({ client, signal, unknownId, progress }: WalkPorts, draft: Draft): Promise<void> {
  progress("Asking what needs no run");
  draft.machines = await recordAnswer("listMachineTypes", client.machineTypes({ signal }));
  draft.unknownRecord = await recordLookup("getExecution", client.record(unknownId, { signal }));
  draft.unknownAbort = await recordLookup("abortWorkload", client.abort(unknownId, { signal }));
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
    // If the list cannot be read, the probe does not wait until the list shows the run.
    const isListed = readValue(draft.activeList)?.executions.some((run) => run.executionId === id);
    return isListed !== false || (await isOver());
  });
  ports.progress(`Run ${id} is accepted; waiting until it runs`);
  await until(ports, QUEUE_SECONDS, async () => (await isOver()) || kind !== "waiting");
  // Waits until the output shows the end of `SHORT_SERVICE`. Meanwhile, the other service looks for the small file in
  // the bucket.
  if (!draft.run.ended) await readOutput(ports, draft, id, FIRST_LINE_SECONDS, showsExit);
  if (!draft.run.ended) {
    ports.progress("Aborting it");
    draft.abort = await recordLookup("abortWorkload", client.abort(id, { signal }));
  }
  ports.progress("Waiting for its end");
  await until(ports, END_SECONDS, async () => draft.run.ended || (await isOver()));
}

/** Returns true if the output shows the end of `SHORT_SERVICE`. */
function showsExit(lines: readonly LogLine[]): boolean {
  return exitCodeOf(lines, SHORT_SERVICE) !== undefined;
}

async function askAfterEnd(ports: WalkPorts, draft: Draft, id: string): Promise<void> {
  const { client, signal } = ports;
  ports.progress("Asking about the ended run");
  await until(ports, LIST_SECONDS, async () => {
    draft.history = await recordAnswer("getBillingHistory", client.history(FIRST_PAGE, { signal }));
    return readValue(draft.history)?.executions.some((run) => run.executionId === id) !== false;
  });
  await readOutput(ports, draft, id);
  if (draft.run.ended) {
    draft.deletedRecord = await recordLookup("deleteExecutionRecord", client.deleteRecord(id, { signal }));
  }
}
