import { isBareEnd } from "../../lyceum/answers/status";
import type { ExecutionPage, LyceumPort } from "../../lyceum/port";
import { isUnclear } from "../../schema/run-id";
import { withEndRecord } from "../end/failure";
import { isOver, withMissing } from "../run/record/ended";
import { type ExecutionOutputs, withObserved, withRecord } from "../run/record/record";
import { activeOn, entryOn, listedOn, observeOnce } from "../watch/observe";

/**
 * What Lyceum shows of a recorded run. `recorded`: the state already has the run's end. `elsewhere`: the run belongs to
 * another base URL. `unreadable`: no answer shows the run.
 */
export type ObservedRecord =
  | { readonly kind: "recorded" | "observed"; readonly outputs: ExecutionOutputs }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "unreadable"; readonly reason: string };

type Client = Pick<LyceumPort, "record" | "olderStatus" | "listActive" | "baseUrl">;

interface ObserveOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly signal?: AbortSignal;
}

/**
 * Seconds until a second read. After a 404, or after an end that only a status word shows, a run is read twice, because
 * the first answer may be out of date.
 */
const SECOND_CHECK_SECONDS = 5;

/**
 * Observes recorded runs. Reads the list of active runs, and then each run that is not in the list and whose end is not
 * recorded.
 */
export async function observeRecorded(
  client: Client,
  recorded: readonly ExecutionOutputs[],
  options: ObserveOptions,
): Promise<readonly ObservedRecord[]> {
  const first = await observeAll(client, recorded, options);
  const doubtful = recorded.filter((_, at) => isDoubtful(first[at]));
  if (doubtful.length === 0) return first;
  await options.sleep(SECOND_CHECK_SECONDS, options.signal);
  if (options.signal?.aborted === true) return first;
  const again = [...(await observeAll(client, doubtful, options))];
  return first.map((one) => (isDoubtful(one) ? (again.shift() ?? one) : one));
}

function isDoubtful(observed: ObservedRecord | undefined): boolean {
  return observed?.kind === "observed" && (observed.outputs.missing === "lost" || isBareEnd(observed.outputs));
}

async function observeAll(
  client: Client,
  recorded: readonly ExecutionOutputs[],
  options: Pick<ObserveOptions, "now" | "signal">,
): Promise<readonly ObservedRecord[]> {
  const isAsked = (run: ExecutionOutputs) => !isOver(run) && !isUnclear(run) && run.baseUrl === client.baseUrl;
  const page = recorded.some(isAsked)
    ? await client.listActive({ signal: options.signal }).catch((): undefined => undefined)
    : undefined;
  const observed: ObservedRecord[] = [];
  for (const run of recorded) observed.push(await observeOne(client, run, page, options));
  return observed;
}

async function observeOne(
  client: Client,
  run: ExecutionOutputs,
  page: ExecutionPage | undefined,
  { now, signal }: Pick<ObserveOptions, "now" | "signal">,
): Promise<ObservedRecord> {
  if (isOver(run))
    return { kind: "recorded", outputs: run.endUnread === true ? await unreadEnd(client, run, signal) : run };
  if (run.baseUrl !== client.baseUrl) return { kind: "elsewhere" };
  if (isUnclear(run))
    return { kind: "unreadable", reason: "Its start got no clear answer; `pulumi up` looks for its run." };
  const active = activeOn(page, run.executionId);
  if (active !== undefined) return { kind: "observed", outputs: withRecord(run, active) };
  const entry = entryOn(page, run.executionId);
  // The list shows no exit code. So the run is read, and the list counts only if this read does not show the run.
  const ended: ObservedRecord | undefined =
    entry === undefined ? undefined : { kind: "observed", outputs: withRecord(run, entry) };
  const listed = async () => (page === undefined ? "unknown" : listedOn(page, run.executionId));
  try {
    const found = await observeOnce(client, run.executionId, { listed, signal });
    if (found.kind === "status") return { kind: "observed", outputs: withObserved(run, found) };
    if (found.kind === "missing") return ended ?? { kind: "observed", outputs: withMissing(run, now) };
    return ended ?? { kind: "unreadable", reason: String(found.error) };
  } catch (error) {
    return ended ?? { kind: "unreadable", reason: String(error) };
  }
}

/**
 * Reads the record of an ended run with `endUnread`: an earlier command could not read the record, or the record did
 * not show the end yet. If the read fails, or the run is at another base URL, returns the outputs unchanged.
 */
async function unreadEnd(
  client: Client,
  run: ExecutionOutputs,
  signal: AbortSignal | undefined,
): Promise<ExecutionOutputs> {
  if (run.baseUrl !== client.baseUrl) return run;
  const found = await client.record(run.executionId, { signal }).catch(() => undefined);
  return found?.kind === "found" ? withEndRecord(run, { record: found.value, endUnread: false }) : run;
}
