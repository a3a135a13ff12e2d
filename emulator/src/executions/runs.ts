import { randomUUID } from "node:crypto";
import type { Clock } from "../clock/clock";
import { type BucketMount, type Engine, type EngineEnd, type EngineEvents, endOf } from "../engines/engine";
import { accepted, advanced, cancelling, type Execution, ended, isEnd, type StartBody } from "./execution";
import type { ExecutionStore, StoredRun } from "./execution-store";
import { lacksPassword, maskedExecution, maskOf } from "./registry-password";
import { engineRun, fileNameOf, machineOf } from "./start-body";

/** The effects that {@link Runs} needs, and the functions that it calls. */
export interface RunsEffects {
  readonly store: ExecutionStore;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Returns the bucket. Called only for a run that mounts the bucket. */
  readonly bucket: () => BucketMount;
  /** Prints one line for a person. The line never contains the text or the credentials of a run. */
  readonly log: (line: string) => void;
  /** Called for each new status of each run, after the status is stored. */
  readonly seen?: ((run: Execution & { readonly at: number }) => void) | undefined;
}

/** All runs. The start and each new status of a run are stored before clients see them. */
export class Runs {
  readonly #effects: RunsEffects;
  /** For the id of each active run, the functions to call when the run changes. */
  readonly #live = new Map<string, Set<() => void>>();
  #closed = false;

  constructor(effects: RunsEffects) {
    this.#effects = effects;
  }

  /**
   * Handles the runs that an earlier emulator with the same data folder left unfinished.
   *
   * | status | what happens to the run |
   * |--------|-------------------------|
   * | `pending` | starts: `starting` is stored before the first container is made |
   * | `pending`, needs a registry password (docker) | ends as `system_failure`: passwords are not stored |
   * | `cancelling` | ends as `aborted` |
   * | any other | ends as `system_failure`: the run ended together with that emulator |
   */
  async recover(): Promise<void> {
    const { store, engine, log } = this.#effects;
    const unfinished = store.all().filter(({ execution }) => !isEnd(execution.status));
    if (unfinished.length > 0) log(`unfinished executions found: ${unfinished.length}`);
    // `recover` is called even if no run is unfinished. After a crash, the daemon may still have containers of runs
    // that are recorded as ended.
    await engine.recover(unfinished.map(({ execution }) => execution.executionId));
    for (const run of unfinished) {
      if (run.execution.status === "cancelling") this.#end(run, endOf("aborted"));
      else if (run.execution.status === "pending" && engine.name === "docker" && lacksPassword(run.body))
        this.#end(run, systemFailure(NO_PASSWORD));
      else if (run.execution.status === "pending") this.#give(run);
      else this.#end(run, systemFailure(notOutlived(run.execution)));
    }
  }

  /**
   * Stores a start, and passes it to the engine.
   * @throws if the start cannot be stored; then the run does not exist
   */
  start(body: StartBody): Execution {
    const { store, clock } = this.#effects;
    const executionId = `local-${randomUUID()}`;
    const at = clock.now();
    const run = store.start(body, (sequence) =>
      accepted({ executionId, sequence, fileName: fileNameOf(body), machine: machineOf(body), at }),
    );
    this.#report(run, { ...run.execution, at });
    const { execution } = run;
    // While the emulator is closing, a start is only stored. The next emulator with the same data folder starts the
    // run.
    if (!this.#closed) this.#give(run);
    return execution;
  }

  /**
   * Requests the end of a run, and returns the run with the status `cancelling`. Returns `undefined` if the run is
   * unknown or has ended. Later, the status becomes `aborted` after an abort, and `completed` after a stop.
   */
  cancel(executionId: string, how: "abort" | "stop"): Execution | undefined {
    const run = this.#effects.store.run(executionId);
    if (run === undefined || !this.#live.has(executionId)) return undefined;
    const before = run.execution.status;
    const after = cancelling(run.execution, how, this.#effects.clock.now());
    this.#change(run, after);
    if (before !== "cancelling") this.#effects.engine.abort(executionId);
    return after;
  }

  /** Hides the record of a run from clients. The run itself continues. */
  deleteRecord(run: StoredRun): void {
    this.#change(run, { ...run.execution, recordDeleted: true });
  }

  /** Calls `listener` after each change and each new line of a run. Returns a function that removes the listener. */
  onChange(executionId: string, listener: () => void): () => void {
    const listeners = this.#live.get(executionId);
    listeners?.add(listener);
    return () => listeners?.delete(listener);
  }

  /**
   * Ends the runs that have begun, and stores their ends. Keeps `pending` runs for the next emulator with the same data
   * folder.
   */
  async close(): Promise<void> {
    const { store, engine } = this.#effects;
    this.#closed = true;
    await engine.close();
    for (const run of store.all()) {
      if (run.execution.status === "cancelling") this.#end(run, endOf("aborted"));
      else if (!isEnd(run.execution.status) && run.execution.status !== "pending")
        this.#end(run, systemFailure(STOPPED));
    }
  }

  #give(run: StoredRun): void {
    const { engine, store, clock, bucket } = this.#effects;
    const { executionId } = run.execution;
    const listeners = new Set<() => void>();
    this.#live.set(executionId, listeners);
    const counts = () => !this.#closed && this.#live.has(executionId);
    const events: EngineEvents = {
      status: (status) => {
        if (counts()) this.#change(run, advanced(run.execution, status, clock.now()));
      },
      line: (line) => {
        if (!counts()) return;
        store.addLine(run, line);
        for (const listener of listeners) listener();
      },
      ended: (end) => {
        if (counts()) this.#end(run, end);
      },
    };
    try {
      engine.start(engineRun(executionId, run.body, bucket), events);
    } catch (error) {
      events.ended(systemFailure(String(error)));
    }
  }

  #report(run: StoredRun, step: Execution & { readonly at: number }): void {
    this.#effects.seen?.(maskedExecution(step, maskOf(run.body)));
  }

  #end(run: StoredRun, end: EngineEnd): void {
    this.#change(run, ended(run.execution, end, this.#effects.clock.now()));
    this.#live.delete(run.execution.executionId);
  }

  #change(run: StoredRun, after: Execution): void {
    const before = run.execution;
    if (after === before) return;
    this.#effects.store.update(run, after);
    for (const { status, at } of after.timeline.slice(before.timeline.length))
      this.#report(run, { ...after, status, at });
    for (const listener of this.#live.get(after.executionId) ?? []) listener();
  }
}

/** Returns the error of a run that was active when its emulator ended, for example because the emulator was killed. */
function notOutlived({ status }: Execution): string {
  return status === "starting"
    ? "The emulator ended while the run was starting. The run is not started again, because its containers may have done something already."
    : "The emulator was restarted while the run went on; a run does not outlive it.";
}

const NO_PASSWORD =
  "The emulator ended before the run began, and it does not store registry passwords. Start the run again.";

const STOPPED = "The emulator was stopped while the run went on.";

/** Returns the result of a run that has ended because of an error of the emulator itself. */
function systemFailure(reason: string): EngineEnd {
  return endOf("system_failure", { errors: [reason] });
}
