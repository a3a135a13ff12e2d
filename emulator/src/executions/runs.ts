import { randomUUID } from "node:crypto";
import type { Clock } from "../clock/clock";
import type { Engine } from "../engines/engine";
import type { ExecutionStore } from "../store/execution-store";
import { accepted, type Execution, isEnd, reachedAt, type StartBody } from "./execution";
import { LiveRun, systemFailure } from "./live-run";
import type { StoredLine, StoredWindow } from "./output";
import { engineRun, fileNameOf, machineOf } from "./start-body";

/** What the runs need from outside. */
export interface RunsEffects {
  readonly store: ExecutionStore;
  readonly engine: Engine;
  readonly clock: Clock;
  /** One line for a human; never the text or the credentials of a run. */
  readonly log: (line: string) => void;
  /** Told each step of each run, once it is stored. Default: nobody. */
  readonly seen?: (run: Execution & { readonly at: number }) => void;
  /** A run has ended, and its end is stored. Never rejects; default: nobody is notified. */
  readonly ended?: (execution: Execution, body: StartBody) => Promise<void>;
  /** A new execution id. Default: `local-` and a random UUID. */
  readonly newId?: () => string;
}

/** All executions: those alive in memory, all of them in the store. */
export class Runs {
  readonly #effects: RunsEffects;
  readonly #live = new Map<string, LiveRun>();
  /** Runs whose end is being reported. */
  readonly #reporting = new Set<Promise<void>>();
  #closed = false;

  constructor(effects: RunsEffects) {
    this.#effects = effects;
  }

  /** Takes up what an earlier emulator left on the same data: unfinished starts are repeated, what ran has ended with it. */
  async recover(): Promise<void> {
    const { store, engine, log } = this.#effects;
    const unfinished = store.live();
    if (unfinished.length > 0) log(`unfinished executions found: ${unfinished.length}`);
    // Asked even with nothing unfinished: a crash may have left containers of runs that are long reported as ended.
    await engine.recover(unfinished.map(({ executionId }) => executionId));
    for (const execution of unfinished) {
      const { executionId, status } = execution;
      const live = this.#remember(execution, store.window(executionId));
      if (status === "cancelling") live.endAs({ status: "aborted", returnCode: null, errors: [], dockerErrors: [] });
      else if (reachedAt(execution, "running") !== undefined) live.endAs(systemFailure(notOutlived));
      else live.giveTo(engine, engineRun(executionId, (await store.body(executionId)) ?? {}));
      if (live.isOver) await live.settled();
    }
  }

  /**
   * Keeps a start and gives it to the engine.
   * @throws when the store fails; then there is no run.
   */
  async start(body: StartBody): Promise<Execution> {
    const { store, engine, clock } = this.#effects;
    const executionId = (this.#effects.newId ?? (() => `local-${randomUUID()}`))();
    const execution = await store.start(body, (sequence) =>
      accepted({ executionId, sequence, fileName: fileNameOf(body), machine: machineOf(body), at: clock.now() }),
    );
    // Closed meanwhile: the start is kept, so the next emulator on this data takes it up.
    if (!this.#closed) this.#remember(execution).giveTo(engine, engineRun(executionId, body));
    return execution;
  }

  /** Asks for the end; the run ends `aborted`. `undefined`: unknown or already ended. */
  abort(executionId: string): Promise<Execution | undefined> {
    return this.#cancel(executionId, "abort");
  }

  /** Asks for the end; the run ends `completed`. `undefined`: unknown or already ended. */
  stop(executionId: string): Promise<Execution | undefined> {
    return this.#cancel(executionId, "stop");
  }

  async #cancel(executionId: string, how: "abort" | "stop"): Promise<Execution | undefined> {
    const live = this.#live.get(executionId);
    if (live === undefined) return undefined;
    const before = live.execution.status;
    const after = await live.noteCancel(how);
    if (isEnd(after.status)) return undefined;
    if (before !== "cancelling") this.#effects.engine.abort(executionId);
    return after;
  }

  /** Deletes the record, not the run; `false`: there is none. */
  async deleteRecord(executionId: string): Promise<boolean> {
    const execution = await this.find(executionId);
    if (execution === undefined) return false;
    const live = this.#live.get(executionId);
    if (live !== undefined) await live.deleteRecord();
    else await this.#effects.store.update(execution, { ...execution, recordDeleted: true }, nothingWritten);
    return true;
  }

  /** A record that clients can see. */
  async find(executionId: string): Promise<Execution | undefined> {
    const execution = this.#live.get(executionId)?.execution ?? this.#effects.store.execution(executionId);
    return execution?.recordDeleted === true ? undefined : execution;
  }

  /** Executions that have not ended, in order of start; a deleted record does not hide a run that goes on. */
  active(): readonly Execution[] {
    return [...this.#live.values()].map((live) => live.execution).filter((execution) => !isEnd(execution.status));
  }

  /** The live run, while there is one. */
  live(executionId: string): LiveRun | undefined {
    return this.#live.get(executionId);
  }

  /** Lines of one run from `fromIndex` on, oldest first. */
  async *lines(executionId: string, fromIndex = 0): AsyncGenerator<StoredLine> {
    const pending = this.#live.get(executionId)?.pendingLines ?? [];
    let next = fromIndex;
    for await (const line of this.#effects.store.lines(executionId, fromIndex)) {
      next = line.index + 1;
      yield line;
    }
    for (const line of pending) if (line.index >= next) yield line;
  }

  /** Waits until all that the engine has reported is stored. */
  async settled(): Promise<void> {
    await Promise.all([...this.#live.values()].map((live) => live.settled()));
  }

  /** Ends what runs, and keeps how; what has not begun to run is kept for the next emulator on this data. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const live of this.#live.values()) live.detach();
    await this.#effects.engine.close();
    for (const live of this.#live.values()) {
      const { status } = live.execution;
      if (status === "cancelling") live.endAs({ status: "aborted", returnCode: null, errors: [], dockerErrors: [] });
      else if (status === "running") live.endAs(systemFailure("The emulator was stopped while the run went on."));
    }
    await this.settled();
    for (const live of this.#live.values()) live.close();
    await Promise.all(this.#reporting);
  }

  #reportEnd(execution: Execution): void {
    const { store, ended, log } = this.#effects;
    if (ended === undefined) return;
    const reporting = store
      .body(execution.executionId)
      .then((body) => ended(execution, body ?? {}))
      .catch((error: unknown) => log(`${execution.executionId}: its end could not be sent: ${String(error)}`))
      .finally(() => this.#reporting.delete(reporting));
    this.#reporting.add(reporting);
  }

  #remember(execution: Execution, lines?: StoredWindow): LiveRun {
    const live = new LiveRun(
      execution,
      {
        store: this.#effects.store,
        clock: this.#effects.clock,
        writeFailed: (executionId, error) =>
          this.#effects.log(`${executionId}: not stored, will be tried again: ${String(error)}`),
        gone: (executionId) => {
          this.#live.delete(executionId);
          this.#reportEnd(live.execution);
        },
      },
      lines,
    );
    this.#live.set(execution.executionId, live);
    this.#tell(live);
    return live;
  }

  /** Tells the step that the run is at, and each further one. */
  #tell(live: LiveRun): void {
    const { seen } = this.#effects;
    if (seen === undefined) return;
    let told = 0;
    const tell = (): void => {
      const { execution } = live;
      for (const { status, at } of execution.timeline.slice(told)) seen({ ...execution, status, at });
      told = execution.timeline.length;
    };
    tell();
    live.onChange(tell);
  }
}

const notOutlived = "The emulator was restarted while the run went on; a run does not outlive it.";
const nothingWritten = { write: [], keptFrom: 0 };
