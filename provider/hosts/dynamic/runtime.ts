import {
  type Clock,
  createLookup,
  createMemory,
  createPoller,
  type LifecycleContext,
  type Memory,
} from "../../execution";
import type { LyceumPort } from "../../lyceum/port";
import { configuredClient } from "../configured-client";
import { systemClock } from "./clock";
import { connectEngine, type Engine } from "./engine";

/** The stack's configuration as the dynamic host hands it over; secrets come in plain. */
export interface StackConfiguration {
  get(key: string): string | undefined;
}

/** What one provider process keeps: its memory, its engine, and one client, poller and look-up for its account. */
export interface Runtime {
  readonly memory: Memory;
  readonly engine: Engine;
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
  current ??= createRuntime(systemClock, connectEngine(process.argv.at(-1)));
  return current;
}

function createRuntime(clock: Clock, engine: Engine): Runtime {
  const memory = createMemory();
  let client: LyceumPort | undefined;
  const connect = (): LyceumPort => {
    client ??= configuredClient((key) => stack?.get(`lyceum:${key}`));
    return client;
  };
  const once = <T>(make: () => T): (() => T) => {
    let made: { value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const poller = once(() => createPoller(connect(), clock));
  const lookup = once(() => createLookup(connect(), clock));
  const context: LifecycleContext = {
    memory,
    clock,
    report: engine.report,
    engine: engine.liveness,
    // Getters, because a run seen to end is deleted, and arguments are checked, without any credential.
    get client() {
      return connect();
    },
    get poller() {
      return poller();
    },
    get lookup() {
      return lookup();
    },
  };
  return { memory, engine, context: () => context };
}
