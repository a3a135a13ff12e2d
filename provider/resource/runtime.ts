import { setMaxListeners } from "node:events";
import {
  createDriftCheck,
  createDuplicateWatch,
  createOutputReaders,
  createPoller,
  createProcessCache,
  createProgress,
  createProjects,
  createSharedSnapshot,
  type LifecycleContext,
  type ProcessCache,
  type Projects,
  sharedAnswer,
} from "../execution";
import type { LyceumPort } from "../lyceum/port";
import { type LearningClient, rememberRefusals } from "../lyceum/remember-refusals";
import type { Engine, RuntimePorts } from "./ports";
import { createSession, type Session } from "./session";

/** What one provider process keeps: what it has seen, its engine, and one client, poller and lookup for its account. */
export interface Runtime {
  /** What the process knows of runs. */
  readonly processCache: ProcessCache;
  /** What the engine has shown of resources in this command. */
  readonly session: Session;
  readonly engine: Engine;
  readonly projects: Projects;
  readonly writeFile?: RuntimePorts["writeFile"];
  /** Effects for the lifecycle. The configuration is resolved at the first call that needs the service, not before. */
  context(): LifecycleContext;
}

/**
 * One answer serves all deletions, or all starts, that begin together. That an engine dies within the time is no more than that it
 * dies between the answer and the start, and the run is found by its key all the same.
 */
const SHARED_MILLISECONDS = { list: 2000, liveness: 100 } as const;

/** Makes what one process keeps. */
export function createRuntime(ports: RuntimePorts): Runtime {
  const {
    clock,
    engine,
    hasTerminal = false,
    isReserved = () => false,
    open,
    project,
    whenUnverified,
    writeFile,
  } = ports;
  const processCache = createProcessCache();
  let learning: LearningClient | undefined;
  const connect = (): LyceumPort => {
    learning ??= rememberRefusals(open());
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
  const drift = once(() => createDriftCheck(connect, clock));
  const sharedSnapshot = once(() => createSharedSnapshot(connect(), clock));
  const context: LifecycleContext = {
    processCache,
    duplicates: createDuplicateWatch(),
    clock,
    report: engine.report,
    isReserved,
    progress: createProgress(engine.report, clock, hasTerminal),
    latestOutput: createOutputReaders(connect, clock),
    engine: { isAlive: sharedAnswer(clock, SHARED_MILLISECONDS.liveness, () => engine.liveness.isAlive()) },
    sharedList: sharedAnswer(clock, SHARED_MILLISECONDS.list, () => connect().listActive()),
    refused: (call) => learning?.refused(call),
    get whenUnverified() {
      connect();
      return whenUnverified?.();
    },
    // Getters, because a run seen to end is deleted, and arguments are checked, without any credential.
    get client() {
      return connect();
    },
    get poller() {
      return poller();
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
    session: createSession(),
    engine,
    projects: createProjects(project),
    writeFile,
    context: () => context,
  };
}

/** Lets all operations of a process share one signal: from the eleventh listener on, Node would warn on the user's terminal. */
export function manyMayListen(signal: AbortSignal): AbortSignal {
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  return signal;
}
