import { randomInt } from "node:crypto";
import { setMaxListeners } from "node:events";
import { type LearningClient, rememberRefusals } from "../../lyceum/http/remember-refusals";
import type { ExecutionPage, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import { createProjects, type Projects } from "../check/project/projects";
import { createActiveRuns } from "../create/active-runs";
import { createDuplicateWatch } from "../create/duplicate-runs";
import { createSharedSnapshot } from "../create/shared-snapshot";
import { TAG_LETTERS } from "../create/start-key";
import { createDriftCheck } from "../diff/drift";
import { createResultLogs } from "../read/result-logs";
import { createOutputReaders } from "../wait/latest-output";
import { createPoller } from "../wait/poller";
import { createProgress } from "../wait/row";
import type { LifecycleContext } from "./context";
import type { Engine, RuntimePorts } from "./engine";
import type { Clock } from "./ports";
import { createProcessCache, type ProcessCache } from "./process-cache";

/** What one provider process keeps: what it has seen, its engine, and one client, poller and lookup for its account. */
export interface Runtime {
  /** What the process knows of runs, and of resources in this command. */
  readonly processCache: ProcessCache;
  readonly engine: Engine;
  readonly projects: Projects;
  readonly unusable?: RuntimePorts["unusable"];
  readonly writeReport?: RuntimePorts["writeReport"];
  /** Effects for the lifecycle. The configuration is resolved at the first call that needs the service, not before. */
  context(): LifecycleContext;
}

/**
 * One answer serves all starts that begin together. An engine that dies within the time might as well die between the answer and the
 * start: the run is found by its key.
 */
const LIVENESS_MILLISECONDS = 100;

/** Makes what one process keeps. */
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
  const context: LifecycleContext = {
    processCache,
    duplicates: createDuplicateWatch(),
    clock,
    report: engine.report,
    isReserved,
    progress: createProgress(engine.report, clock, ports.hasTerminal === true),
    latestOutput: createOutputReaders(connect, clock),
    resultLogs: createResultLogs(),
    engine: { isAlive: sharedAnswer(clock, LIVENESS_MILLISECONDS, () => engine.liveness.isAlive()) },
    newTag: ports.newTag ?? randomTag,
    machines,
    activeRuns: createActiveRuns(connect, clock, () => poller().latestList()),
    refused: (call) => learning?.refused(call),
    get whenUnverified() {
      connect();
      return ports.whenUnverified?.();
    },
    // Getters, because a run seen to end is deleted, and arguments are checked, without any credential.
    get client() {
      return connect();
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
  };
  return {
    processCache,
    engine,
    projects: createProjects(ports.project),
    unusable,
    writeReport,
    context: () => context,
  };
}

/** A client whose lists the process cache sees, whoever asks for them. */
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

/** Lets all operations of a process share one signal: from the eleventh listener on, Node would warn on the user's terminal. */
export function manyMayListen(signal: AbortSignal): AbortSignal {
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  return signal;
}

/**
 * One question for all who ask within some time of it. An answer that failed is nobody's but theirs who share it.
 *
 * @param milliseconds from the question on
 */
export function sharedAnswer<Answer>(
  clock: Pick<Clock, "now">,
  milliseconds: number,
  ask: () => Promise<Answer>,
): () => Promise<Answer> {
  let latest: { readonly askedAt: number; readonly answer: Promise<Answer> } | undefined;
  return () => {
    const age = clock.now() - (latest?.askedAt ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back gives a negative age: then it is asked anew.
    if (latest !== undefined && age >= 0 && age <= milliseconds) return latest.answer;
    const answer = ask();
    latest = { askedAt: clock.now(), answer };
    answer.catch(() => {
      if (latest?.answer === answer) latest = undefined;
    });
    return answer;
  };
}
