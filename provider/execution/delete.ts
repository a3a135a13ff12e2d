import { deleteClock } from "./clocks";
import type { LifecycleContext } from "./context";
import { bounded } from "./deadline";
import { lifecycleErrors } from "./errors";
import { observe } from "./observe";
import type { ExecutionOutputs } from "./outputs";
import type { Observation } from "./poller";
import type { Seen } from "./record";
import { isEnd } from "./status";
import { stopReport } from "./stop-report";
import { sameTarget } from "./target";

/**
 * Deletes an execution: aborts the run with the grace it was started with, and is done only when the service shows its
 * end. A run seen to end before is done at once. Everything else is an error, which keeps the state.
 */
export async function deleteExecution(context: LifecycleContext, recorded: ExecutionOutputs): Promise<void> {
  const { executionId: id, resourceUrn: urn } = recorded;
  const left = !isEnd(recorded.status) && recorded.onDelete === "leave";
  let proven = !left;
  if (left) {
    context.report.notice(
      urn,
      `Run ${id} (last seen ${recorded.status}) is left as it is, because onDelete is "leave".`,
    );
  } else if (!isEnd(recorded.status)) {
    sameTarget(recorded, context.client);
    proven = (await abortAndProve(context, recorded)) === "ended";
  }
  if (recorded.deleteRecord === true && proven) {
    sameTarget(recorded, context.client);
    // A record that is gone already is what was asked for.
    await context.client.deleteRecord(id);
  }
  context.memory.deleted(id);
}

/** An abort and its repeats may take this long, within the delete clock. Seconds. */
const ABORT_SECONDS = 120;

/** Aborts and watches to the end. Only a run that is lost, and that the program gives up, may go without a proof. */
async function abortAndProve(context: LifecycleContext, recorded: ExecutionOutputs): Promise<"ended" | "given up"> {
  const { client, clock, poller, report } = context;
  const { executionId: id, resourceUrn: urn } = recorded;
  const abortedAt = clock.now();
  const seconds = deleteClock(recorded);
  const deadline = { begunAt: abortedAt, at: abortedAt + seconds * 1000 };
  const noted = await bounded(clock, ABORT_SECONDS, (signal) => client.abort(id, { signal }), deadline);
  // 404 is "unknown" or "already ended": only a read tells which.
  const settled = noted.kind === "missing" ? await settledByRead(context, recorded) : "active";
  if (settled !== "active") return settled;
  report.progress(urn, `abort noted; waiting up to ${seconds} s for run ${id} to end`);
  let last: Seen = { status: recorded.status };
  let lastAt = abortedAt;
  let missing = false;
  const see = (observation: Observation): "ended" | undefined => {
    missing = observation.kind === "missing";
    if (observation.kind !== "status") return undefined;
    if (observation.status !== last.status) report.progress(urn, `${observation.status} (run ${id})`);
    lastAt = clock.now();
    last = observation.seen ?? { status: observation.status };
    return isEnd(last.status) ? "ended" : undefined;
  };
  const result = await poller.watch(id, see, () => abortedAt + seconds * 1000);
  if (result !== "ended") {
    throw missing
      ? lifecycleErrors.unprovenDelete(id, last.status)
      : lifecycleErrors.notEnded({ id, clockSeconds: seconds, status: last.status, statusAge: clock.now() - lastAt });
  }
  const told = stopReport(recorded, last, abortedAt, clock.now());
  report[told.lasting ? "notice" : "progress"](urn, told.message);
  return "ended";
}

async function settledByRead(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
): Promise<"ended" | "active" | "given up"> {
  const { executionId: id, resourceUrn: urn } = recorded;
  const observed = await observe(context.client, id);
  if (observed.kind === "unreachable") throw observed.error;
  if (observed.kind === "missing") {
    if (!context.memory.isGivenUp(id)) throw lifecycleErrors.unprovenDelete(id, recorded.status);
    context.report.warning(urn, `Run ${id} is lost and given up, because whenLost is "rerun"; its end is not proven.`);
    return "given up";
  }
  if (isEnd(observed.status)) return "ended";
  // Still active although its abort answered 404: ask once more, then watch.
  await context.client.abort(id);
  return "active";
}
