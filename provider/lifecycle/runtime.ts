import { randomInt } from "node:crypto";
import { type LearningClient, rememberRefusals } from "../lyceum/http/remember-refusals";
import type { ExecutionPage, LyceumPort } from "../lyceum/port";
import { API_LIMITS } from "../schema";
import { createDriftCheck } from "./account/drift";
import { createDuplicateWatch } from "./account/duplicate-runs";
import { createProcessCache, type ProcessCache } from "./account/process-cache";
import { createSharedSnapshot } from "./account/shared-snapshot";
import { createProjects } from "./inputs/projects";
import type { Runtime, RuntimePorts } from "./process/engine";
import { TAG_LETTERS } from "./run/identity/start-key";
import { createActiveRuns } from "./watch/active-runs";
import { createOutputReaders } from "./watch/latest-output";
import { createPoller } from "./watch/poller";
import { type Clock, reportOn } from "./watch/ports";
import { createResultLogs } from "./watch/result-logs";
import { createProgress } from "./watch/row";

/**
 * Milliseconds for which all starts share one check that the engine is alive. If the engine dies between this check and
 * a start, the next command finds the run by its start key.
 */
const LIVENESS_MILLISECONDS = 100;

/** Makes the runtime of one process. */
export function createRuntime(ports: RuntimePorts): Runtime {
  const { clock, engine, isReserved = () => false, unusable, writeReport } = ports;
  const processCache = createProcessCache();
  let learning: LearningClient | undefined;
  const connect = (): LyceumPort => {
    learning ??= rememberRefusals(withNotedRuns(ports.open(), processCache));
    return learning.client;
  };
  const once = <T>(make: () => T): (() => T) => {
    let made: { value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const poller = once(() => createPoller(connect(), clock));
  const bucket = once(() => ports.openBucket(connect()));
  const machines = once(() => connect().machinesOfAccount());
  const refresh = once(() => {
    const client = connect();
    return {
      record: client.record,
      olderStatus: client.olderStatus,
      listActive: once(() => client.listActive()),
      history: once(() => client.history({ limit: API_LIMITS.historyPage, offset: 0 })),
    };
  });
  const drift = once(() => createDriftCheck(connect, clock));
  const sharedSnapshot = once(() => createSharedSnapshot(connect(), clock));
  const progressOn = createProgress(engine.report, clock, ports.hasTerminal === true);
  const shared = {
    processCache,
    duplicates: createDuplicateWatch(),
    clock,
    isReserved,
    latestOutput: createOutputReaders(connect, clock),
    resultLogs: createResultLogs(),
    engine: { isAlive: sharedAnswer(clock, LIVENESS_MILLISECONDS, () => engine.liveness.isAlive()) },
    newTag: ports.newTag ?? randomTag,
    machines,
    uploads: ports.uploads,
    activeRuns: createActiveRuns(connect, clock, () => poller().latestList()),
  };
  return {
    processCache,
    engine,
    projects: createProjects({ ...ports.project, ...(ports.uploads === undefined ? {} : { uploads: ports.uploads }) }),
    unusable,
    missing: ports.hasTerminal === true && ports.missing !== undefined ? once(ports.missing) : undefined,
    writeReport,
    client: connect,
    context: (urn) => ({
      ...shared,
      refused: (call) => learning?.refused(call),
      report: reportOn(urn, engine.report),
      progress: progressOn(urn),
      get whenUnverified() {
        connect();
        return ports.whenUnverified?.();
      },
      // The client is made only when it is used: without a credential, the provider can check arguments and delete
      // ended runs.
      get client() {
        return connect();
      },
      get bucket() {
        return bucket();
      },
      get poller() {
        return poller();
      },
      get refresh() {
        return refresh();
      },
      get drift() {
        return drift();
      },
      get sharedSnapshot() {
        return sharedSnapshot();
      },
    }),
  };
}

/** Makes a client that passes each list of runs to the process cache. */
function withNotedRuns(client: LyceumPort, { shows }: ProcessCache): LyceumPort {
  const noted = async (read: Promise<ExecutionPage>): Promise<ExecutionPage> => {
    const page = await read;
    shows(page.executions);
    return page;
  };
  return {
    ...client,
    listActive: (options) => noted(client.listActive(options)),
    history: (page, options) => noted(client.history(page, options)),
  };
}

function randomTag(): string {
  return randomInt(36 ** TAG_LETTERS)
    .toString(36)
    .padStart(TAG_LETTERS, "0");
}

/**
 * Shares one request among all calls in a period. If the request fails, only the calls that share it fail.
 *
 * @param milliseconds the length of the period, from the start of the request
 */
export function sharedAnswer<Answer>(
  clock: Pick<Clock, "now">,
  milliseconds: number,
  ask: () => Promise<Answer>,
): () => Promise<Answer> {
  let latest: { readonly askedAt: number; readonly answer: Promise<Answer> } | undefined;
  return () => {
    const age = clock.now() - (latest?.askedAt ?? Number.NEGATIVE_INFINITY);
    // If the clock was set back, the age is negative, and a new request is sent.
    if (latest !== undefined && age >= 0 && age <= milliseconds) return latest.answer;
    const answer = ask();
    latest = { askedAt: clock.now(), answer };
    answer.catch(() => {
      if (latest?.answer === answer) latest = undefined;
    });
    return answer;
  };
}
