import { AsyncLocalStorage } from "node:async_hooks";
import type { Runtime } from "../../../lifecycle";

const running = new AsyncLocalStorage<Runtime>();

/** The runtime of the process whose code is running: what `runtime()` answers in these tests. */
export function runningRuntime(): Runtime {
  const found = running.getStore();
  if (found === undefined) throw new Error("no process of the model is running");
  return found;
}

/** Runs one call of the host in the runtime of its process. */
export function inRuntime<T>(runtime: Runtime, work: () => Promise<T>): Promise<T> {
  return running.run(runtime, work);
}
