import { diskFiles } from "../../compose/project";
import {
  type Clock,
  createDriftLook,
  createMemory,
  createPoller,
  createProjects,
  createSharedLook,
  createStrayWatch,
  type LifecycleContext,
  type Memory,
  type ProjectPorts,
  type Projects,
  type WhenUnverified,
} from "../../execution";
import type { LyceumPort } from "../../lyceum/port";
import { type LearningClient, rememberRefusals } from "../../lyceum/remember-refusals";
import { configuredClient } from "../configured-client";
import { systemClock } from "./clock";
import { connectEngine, type Engine } from "./engine";
import { exitWithEngine } from "./orphan";
import { sharedLiveness } from "./shared-liveness";

/** The stack's configuration as the dynamic host hands it over; secrets come in plain. */
export interface StackConfiguration {
  get(key: string): string | undefined;
}

/** What one provider process keeps: its memory, its engine, and one client, poller and look-up for its account. */
export interface Runtime {
  readonly memory: Memory;
  readonly engine: Engine;
  readonly projects: Projects;
  /** Effects for the lifecycle. The configuration is resolved at the first call that needs the service, not before. */
  context(): LifecycleContext;
}

let stack: StackConfiguration | undefined;
let current: Runtime | undefined;

/** Notes the stack's configuration for the clients made later. */
export function configureRuntime(configuration: StackConfiguration): void {
  stack = configuration;
}

/** The runtime of this process. */
export function runtime(): Runtime {
  if (current === undefined) {
    const engine = connectEngine(process.argv.at(-1));
    let whenUnverified: WhenUnverified | undefined;
    const open = () => {
      const configured = configuredClient(
        (key) => stack?.get(`lyceum:${key}`),
        // Without a URN it stands on the stack's row: it concerns every run.
        (text) => engine.report.warning("", text),
      );
      whenUnverified = configured.whenUnverified;
      return configured.client;
    };
    const project: ProjectPorts = {
      files: diskFiles,
      folder: () => process.cwd(),
      variable: (name) => process.env[name],
    };
    current = createRuntime({
      clock: systemClock,
      engine,
      open,
      project,
      whenUnverified: () => whenUnverified,
    });
    exitWithEngine(engine.liveness, systemClock, () => process.exit(1)).catch(() => undefined);
  }
  return current;
}

/** What one process needs of the world. */
export interface RuntimePorts {
  readonly clock: Clock;
  readonly engine: Engine;
  /** Makes the client; called once, when the service is needed first. */
  readonly open: () => LyceumPort;
  /** Where compose projects are read from. */
  readonly project: ProjectPorts;
  /** The stack's setting, once `open` has read the configuration. */
  readonly whenUnverified?: () => WhenUnverified | undefined;
}

/** Makes what one process keeps. */
export function createRuntime({ clock, engine, open, project, whenUnverified }: RuntimePorts): Runtime {
  const memory = createMemory();
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
  const drift = once(() => createDriftLook(connect, clock));
  const sharedLook = once(() => createSharedLook(connect(), clock));
  const context: LifecycleContext = {
    memory,
    strays: createStrayWatch(),
    clock,
    report: engine.report,
    engine: sharedLiveness(engine.liveness, clock),
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
    get sharedLook() {
      return sharedLook();
    },
  };
  return { memory, engine, projects: createProjects(project), context: () => context };
}
