import type { ExecutionSummary, StartRequest } from "../lyceum/port";
import { requestValues } from "../schema";
import { unlessCancelled } from "./cancel";
import { waitClocks } from "./clocks";
import type { LifecycleContext } from "./context";
import { beforeDeadline, bounded, CALL_SECONDS, type Deadline } from "./deadline";
import { defaultLabel } from "./default-label";
import { lifecycleErrors } from "./errors";
import type { ExecutionInputs } from "./inputs";
import type { ExecutionOutputs } from "./outputs";
import { provesNotStarted, type RunSnapshot } from "./start-decision";
import { formatFileName, formatStartKey, parseFileName, type StartKey, sameResource } from "./start-key";

/** A run that exists: started now, or found after a start without a clear answer. */
export type StartedRun = Pick<ExecutionOutputs, "executionId" | "status" | "streamingUrl">;

/** A start without a clear answer is looked for this long: lists may lag by up to 10 s. Seconds. */
const LOOKUP_FOR = 30;
const LOOKUP_EVERY = 3;
/** When the lookups themselves fail, give up after this long. */
const LOOKUP_LIMIT = 120;
const RETRY_AFTER_PROVEN_EMPTY = 3;
/** A start that was sent before the cancel may still be answered for so long: the answer has the id. */
const SECONDS_AFTER_CANCEL = 10;

/**
 * Starts a run exactly once. A refusal that may be tried again as it is (429, or it never left) is repeated within the
 * queue clock. A start without a clear answer is looked for; only when it is proven not to have happened is it tried again.
 */
export async function startOnce(
  context: LifecycleContext,
  inputs: ExecutionInputs,
  key: StartKey,
  before: RunSnapshot,
  deadline: Deadline,
): Promise<StartedRun> {
  const { client, clock, engine, report } = context;
  const cancel = deadline.cancel?.signal;
  const request = startRequest(inputs, key);
  const queueEnds = Math.min(deadline.at, deadline.begunAt + waitClocks(inputs, undefined).queue * 1000);
  let unclear = 0;
  for (;;) {
    // A provider whose engine was killed lives on; the next command would not know of what it starts.
    const isAlive = await unlessCancelled(cancel, () => engine.isAlive(), lifecycleErrors.cancelledBeforeStart);
    if (!isAlive) throw lifecycleErrors.engineGone();
    const send = (signal: AbortSignal) => client.start(request, { signal });
    const outcome = await bounded(clock, CALL_SECONDS, send, deadline, SECONDS_AFTER_CANCEL);
    if (outcome.kind === "started") return outcome;
    if (outcome.kind === "refused") {
      if (cancel?.aborted) throw lifecycleErrors.cancelledBeforeStart();
      if (outcome.retryAfterSeconds === undefined || clock.now() + outcome.retryAfterSeconds * 1000 > queueEnds)
        throw outcome.error;
      report.progress(
        inputs.urn,
        `not started yet (${outcome.error.code}); trying again in ${Math.ceil(outcome.retryAfterSeconds)} s`,
      );
      await clock.sleep(outcome.retryAfterSeconds, cancel);
      continue;
    }
    report.progress(inputs.urn, `the start got no clear answer (${outcome.error.code}); looking for the run`);
    const found = await unlessCancelled(
      cancel,
      () => findStarted(context, inputs, key, before, queueEnds, cancel),
      () => lifecycleErrors.unknownStart(formatStartKey(key), "the command was cancelled meanwhile"),
    );
    if (found === "undecided") throw lifecycleErrors.unknownStart(formatStartKey(key), String(outcome.error));
    if (found !== "empty") {
      const { executionId, status } = found;
      report.notice(
        inputs.urn,
        `The start got no clear answer, but run ${executionId} (${status}) was found and is adopted.`,
      );
      return found;
    }
    unclear += 1;
    if (unclear > RETRY_AFTER_PROVEN_EMPTY || clock.now() >= queueEnds) {
      throw lifecycleErrors.provenNotStarted(unclear, String(outcome.error));
    }
    report.notice(
      inputs.urn,
      `The start got no clear answer (${outcome.error.code}) and created no run. The provider tries again.`,
    );
  }
}

/** The run that a start has made, or that it has made none, or that nobody knows. */
type Found = ExecutionSummary | "empty" | "undecided";

async function findStarted(
  { sharedSnapshot, clock }: LifecycleContext,
  inputs: ExecutionInputs,
  key: StartKey,
  before: RunSnapshot,
  endsAt: number,
  cancel: AbortSignal | undefined,
): Promise<Found> {
  const from = clock.now();
  let proven: boolean;
  // At least the time that lists may lag, whatever the clocks say: an unclear start must not be forgotten for a deadline.
  do {
    await clock.sleep(LOOKUP_EVERY, cancel);
    if (cancel?.aborted) return "undecided";
    proven = false;
    try {
      const pending = sharedSnapshot.read({ notBefore: clock.now(), reachBack: inputs.adoptEndedWithin + 3600 });
      // Stryker disable next-line ArrowFunction: whatever ends a lookup is caught, and its error is not read.
      const snapshot = await beforeDeadline(clock, { at: from + LOOKUP_LIMIT * 1000 }, pending, () =>
        lifecycleErrors.noAnswerInTime(LOOKUP_LIMIT),
      );
      const run = [...snapshot.active, ...snapshot.history].find((entry) =>
        sameKey(parseFileName(entry.fileName), key),
      );
      if (run !== undefined) return run;
      proven = provesNotStarted(snapshot, key, before);
      // A readable look that proves nothing will not prove more later.
      if (!proven && clock.now() - from >= LOOKUP_FOR * 1000) return "undecided";
    } catch {
      // A snapshot that fails decides nothing; the clocks bound how often.
      if (clock.now() >= Math.max(endsAt, from + LOOKUP_FOR * 1000)) return "undecided";
    }
  } while (clock.now() - from < (proven ? LOOKUP_FOR : LOOKUP_LIMIT) * 1000);
  return proven ? "empty" : "undecided";
}

function sameKey(found: StartKey | undefined, key: StartKey): boolean {
  return (
    found !== undefined && sameResource(found, key) && found.inputs === key.inputs && found.attempt === key.attempt
  );
}

/** The request of a start; the key goes in front of the label in `file_name`, which is the resource's name by default. */
export function startRequest(inputs: ExecutionInputs, key: StartKey): StartRequest {
  const fileName = formatFileName(key, inputs.fileName ?? defaultLabel(inputs));
  return {
    compose_file_code: inputs.composeText ?? "",
    ...requestValues({ ...inputs, fileName }),
    file_name: fileName,
  };
}
