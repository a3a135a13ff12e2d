import type { Cancel, Clock } from "../clock/clock";
import type { Engine, EngineEnd, EngineEvents, EngineRun } from "../engines/engine";
import type { ExecutionStore } from "../store/execution-store";
import { advanced, cancelling, type Execution, ended, isEnd } from "./execution";
import { OutputWindow, type StoredLine, type StoredWindow } from "./output";

/** What a live run needs from outside. */
export interface LiveRunEffects {
  readonly store: Pick<ExecutionStore, "update">;
  readonly clock: Clock;
  /** Writing began to fail; the engine's words are kept and written later. Reported once until a write succeeds. */
  readonly writeFailed: (executionId: string, error: unknown) => void;
  /** The end is on the disk; the run need not be kept in memory any longer. */
  readonly gone: (executionId: string) => void;
}

/** A step of the run's life that is not stored yet. Only a client's request has somebody who waits for it. */
interface Step {
  readonly apply: (execution: Execution) => Execution;
  readonly request?: { readonly granted: (execution: Execution) => void; readonly failed: (error: unknown) => void };
}

const retryMilliseconds = 1_000;

/**
 * A run that has not ended. What happens to it is a queue of steps; each shows to clients once it is stored, so nothing
 * that was seen to end ever runs again.
 */
export class LiveRun {
  readonly #effects: LiveRunEffects;
  readonly #output: OutputWindow;
  readonly #listeners = new Set<() => void>();
  #execution: Execution;
  #steps: readonly Step[] = [];
  #writing: Promise<void> | undefined;
  #cancelRetry: Cancel | undefined;
  #engineCounts = true;
  #isFailing = false;

  /** @param lines the window of lines that the store has already, for a run met again after a restart. */
  constructor(execution: Execution, effects: LiveRunEffects, lines?: StoredWindow) {
    this.#execution = execution;
    this.#effects = effects;
    this.#output = new OutputWindow(undefined, lines);
  }

  /** The run as it is stored. */
  get execution(): Execution {
    return this.#execution;
  }

  /** How it ended is known, though it may not be stored yet. */
  get isOver(): boolean {
    return !this.#engineCounts;
  }

  /** Kept lines that the store may not have yet. */
  get pendingLines(): readonly StoredLine[] {
    return this.#output.pending;
  }

  /** Calls `listener` after each stored change, until the answer is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What the engine reports about this run. */
  readonly events: EngineEvents = {
    status: (status) => {
      const at = this.#effects.clock.now();
      if (this.#engineCounts) this.#add({ apply: (execution) => advanced(execution, status, at) });
    },
    line: (line) => {
      if (!this.#engineCounts) return;
      this.#output.add(line);
      this.#write();
    },
    ended: (end) => {
      if (!this.#engineCounts) return;
      this.#engineCounts = false;
      this.#end(end);
    },
  };

  /** Gives the run to the engine; one that throws has failed the run, not the server. */
  giveTo(engine: Engine, run: EngineRun): void {
    try {
      engine.start(run, this.events);
    } catch (error) {
      this.events.ended(systemFailure(`The engine could not take the run: ${String(error)}`));
    }
  }

  /**
   * Notes that the abort or the stop was asked for; stored when it returns.
   * @returns the run after it: `cancelling`, or the end that came first.
   * @throws when the store fails; then nothing was noted.
   */
  noteCancel(how: "abort" | "stop"): Promise<Execution> {
    const at = this.#effects.clock.now();
    return this.#request((execution) => cancelling(execution, how, at));
  }

  /** Hides the record from clients; the run goes on. Stored when it returns. */
  deleteRecord(): Promise<Execution> {
    return this.#request((execution) => ({ ...execution, recordDeleted: true }));
  }

  /** From here on no word of the engine counts. */
  detach(): void {
    this.#engineCounts = false;
  }

  /** Ends the run without the engine. */
  endAs(end: EngineEnd): void {
    this.#engineCounts = false;
    this.#end(end);
  }

  /** Waits until everything known is stored, or a write has failed. */
  async settled(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  /** Takes back a retry that waits for its time. */
  close(): void {
    this.#cancelRetry?.();
  }

  #end(end: EngineEnd): void {
    const at = this.#effects.clock.now();
    this.#add({ apply: (execution) => ended(execution, end, at) });
  }

  #request(apply: Step["apply"]): Promise<Execution> {
    return new Promise((granted, failed) => this.#add({ apply, request: { granted, failed } }));
  }

  #add(step: Step): void {
    this.#steps = [...this.#steps, step];
    this.#write();
  }

  #write(): void {
    this.#writing ??= this.#writeAll().then((stored) => {
      this.#writing = undefined;
      if (stored && (this.#steps.length > 0 || this.#output.pending.length > 0)) this.#write();
    });
  }

  /** @returns whether the store took everything. */
  async #writeAll(): Promise<boolean> {
    // What comes in the same turn is written together.
    await Promise.resolve();
    while (this.#steps.length > 0 || this.#output.pending.length > 0) {
      const steps = this.#steps;
      const change = this.#output.change();
      const after = steps.reduce((execution, step) => step.apply(execution), this.#execution);
      try {
        await this.#effects.store.update(this.#execution, after, change);
      } catch (error) {
        this.#failed(error);
        return false;
      }
      this.#isFailing = false;
      this.#output.written(change);
      this.#steps = this.#steps.slice(steps.length);
      this.#execution = after;
      for (const step of steps) step.request?.granted(after);
      if (isEnd(after.status) && this.#steps.length === 0) this.#effects.gone(after.executionId);
      for (const listener of [...this.#listeners]) listener();
    }
    return true;
  }

  #failed(error: unknown): void {
    if (!this.#isFailing) this.#effects.writeFailed(this.#execution.executionId, error);
    this.#isFailing = true;
    const requests = this.#steps.flatMap((step) => step.request ?? []);
    this.#steps = this.#steps.filter((step) => step.request === undefined);
    for (const request of requests) request.failed(error);
    this.#cancelRetry?.();
    this.#cancelRetry = this.#effects.clock.schedule(retryMilliseconds, () => this.#write());
  }
}

/** An end that is the emulator's own error. */
export function systemFailure(reason: string): EngineEnd {
  return { status: "system_failure", returnCode: null, errors: [reason], dockerErrors: [] };
}
