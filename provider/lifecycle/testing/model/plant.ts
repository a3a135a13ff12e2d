import type { LyceumPort } from "../../../lyceum/port";
import type { ProcessCache } from "../../account/process-cache";
import type { LifecycleContext } from "../../process/context";
import type { Planted } from "./command";
import type { Host } from "./engine";
import type { Mutation } from "./process";

/** Makes a bug that replaces a part of the lifecycle's context. */
export function inContext(change: (context: LifecycleContext) => Partial<LifecycleContext>): Mutation {
  return (runtime) => {
    const context = (urn: string): LifecycleContext => {
      const real = runtime.context(urn);
      return { ...real, ...change(real) };
    };
    return { ...runtime, context };
  };
}

/** Makes a bug in the process cache. */
export function inMemory(change: Partial<ProcessCache>): Mutation {
  return (runtime) => {
    const processCache = { ...runtime.processCache, ...change };
    return { ...inContext(() => ({ processCache }))(runtime), processCache };
  };
}

/** Makes a bug in what the host does for the engine. */
export function inHost(change: (host: Host) => Partial<Host>): Planted {
  return { host: (host) => ({ ...host, ...change(host) }) };
}

/** Makes a bug in the calls of the API. */
export const withClient = (change: (client: LyceumPort) => Partial<LyceumPort>): Mutation =>
  inContext(({ client }) => ({ client: { ...client, ...change(client) } }));

/** Makes a bug that suppresses the printed lines that match `unprinted`. */
export const silent = (unprinted: RegExp): Mutation =>
  inContext(({ report }) => {
    const unless = (print: (line: string) => void) => (line: string) =>
      unprinted.test(line) ? undefined : print(line);
    return { report: { ...report, notice: unless(report.notice), warning: unless(report.warning) } };
  });
