import { PassThrough } from "node:stream";
import type { Daemon } from "../daemon/daemon";
import type { ContainerView } from "../daemon/run-state";

/** Returns a running container that started 500 milliseconds after the beginning of 1970. */
export function runningContainer(service: string, more: Partial<ContainerView> = {}): ContainerView {
  const startedAt = "1970-01-01T00:00:00.5Z";
  return { id: service, service, state: "running", exitCode: 0, startedAt, oomKilled: false, ...more };
}

/** Returns a container after its end. */
export function exited(container: ContainerView, exitCode: number, finishedAt = "1970-01-01T00:00:09Z"): ContainerView {
  return { ...container, state: "exited", exitCode, finishedAt };
}

/** A daemon with containers that a test sets. It records requests to stop, kill and remove. */
export class FakeDaemon implements Daemon {
  readonly asked: string[] = [];
  containersNow: readonly ContainerView[] = [];
  /** While this error is set, the daemon throws it in place of most answers. */
  failure: Error | undefined;
  /** Called for each recorded request. */
  onAsked: (request: string) => void = () => {};
  /** The numbers that the next calls of `sweep` return, in order. All later calls return 0. */
  abandonedRuns: number[] = [];
  images: ReadonlySet<string> = new Set();
  executionIds: ReadonlySet<string> = new Set();
  /** The owners of executions. */
  ownersNow: ReadonlyMap<string, string> = new Map();

  #note(request: string): void {
    this.asked.push(request);
    this.onAsked(request);
    if (this.failure !== undefined) throw this.failure;
  }
  async containers() {
    if (this.failure !== undefined) throw this.failure;
    return this.containersNow;
  }
  async stop(id: string, grace: number) {
    this.#note(`stop ${id} ${grace}`);
  }
  async kill(id: string) {
    this.#note(`kill ${id}`);
  }
  async sweep(_label: string, value: string) {
    this.#note(`sweep ${value}`);
    return this.abandonedRuns.shift() ?? 0;
  }
  async executions() {
    return this.executionIds;
  }
  async owners() {
    return this.ownersNow;
  }
  async hasImage(image: string) {
    return this.images.has(image);
  }
  async output() {
    const stream = new PassThrough();
    stream.end();
    return { stream, tty: false };
  }
  async events() {
    return new PassThrough();
  }
  async cpus() {
    if (this.failure !== undefined) throw this.failure;
    return 2;
  }
}

/** Waits until all work is done that does not need the clock to advance. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
