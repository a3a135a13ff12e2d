import type { Engine, EngineEvents, EngineRun } from "../engine";
import { killAllCompose } from "./compose";
import { type ContainerEvent, listen } from "./events";
import { MARK_LABEL, projectName, runScope } from "./names";
import { type AbandonedRun, type Recoverable, recoverRuns } from "./recover";
import { Run, type RunEffects } from "./run";
import { sweepRun } from "./stop";
import { Wake, within } from "./wake";

/** What the engine needs from outside. */
export interface DockerEngineEffects extends RunEffects {
  /** See `dataMark`. */
  readonly mark: string;
  /** Runs at work at once; further ones wait their turn, still `pending`. */
  readonly maxRuns: number;
}

/** Milliseconds that closing may take. */
const CLOSE_LIMIT = 60_000;

/** Runs compose texts in real containers. */
export class DockerEngine implements Engine {
  readonly name = "docker";
  readonly #runs = new Map<string, Run>();
  readonly #working = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, () => Promise<void>>();
  readonly #listening: { readonly stop: () => void };
  /** Runs that ended in this process: what shows up of them now is nobody's. */
  readonly #over = new Set<string>();
  readonly #reaping = new Map<string, Promise<void>>();
  #closing: Promise<void> | undefined;

  constructor(private readonly effects: DockerEngineEffects) {
    this.#listening = listen(effects.mark, {
      daemon: effects.daemon,
      clock: effects.clock,
      onEvent: (event) => this.#onEvent(event),
      onLost: () => {
        for (const run of this.#runs.values()) run.daemonLost();
      },
      onGap: () => {
        for (const run of this.#runs.values()) run.notice();
      },
    });
    process.on("exit", killAllCompose);
  }

  start(run: EngineRun, events: EngineEvents): void {
    const own = this.#add(run, events);
    if (this.#closing !== undefined) own.close();
    this.#waiting.set(run.executionId, () => own.start());
    this.#next();
  }

  abort(executionId: string): void {
    this.#runs.get(executionId)?.abort();
    // One that waits for its turn ends now, having started nothing.
    const begin = this.#waiting.get(executionId);
    if (begin !== undefined) this.#begin(executionId, begin);
  }

  /**
   * A run may carry the time of the last line that was reported (`lastLineAt`); without it, lines from now on are
   * reported.
   */
  async recover(unfinished: readonly Recoverable[]): Promise<void> {
    const { clock } = this.effects;
    await recoverRuns(unfinished, this.effects, {
      isLive: (executionId) => this.#runs.has(executionId),
      sweep: (abandonedRun) => this.#sweep(abandonedRun),
      watchOn: ({ run, events, lastLineAt, aborted }) => {
        const own = this.#add(run, events);
        if (aborted === true) own.abort();
        this.#begin(run.executionId, () => own.resume(lastLineAt ?? new Date(clock.now()).toISOString()));
      },
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { clock, daemon, folders, log, mark } = this.effects;
    for (const run of this.#runs.values()) run.close();
    for (const [executionId, begin] of [...this.#waiting]) this.#begin(executionId, begin);
    const working = Promise.all([...this.#working.values(), ...this.#reaping.values()]);
    if ((await within(clock, CLOSE_LIMIT, working)) === undefined) log("closing: some runs did not end in time");
    this.#listening.stop();
    process.off("exit", killAllCompose);
    // What no run knew of, such as abandoned runs that were never recovered.
    const left = await daemon.executions(MARK_LABEL, mark).catch(() => new Set<string>());
    const swept = Promise.all([...left].map((executionId) => this.#sweep({ executionId, interrupted: false })));
    if ((await within(clock, CLOSE_LIMIT, swept)) === undefined) log("closing: something was left on the daemon");
    await folders.removeAll().catch((error: unknown) => log(`closing: ${String(error)}`));
  }

  #add(run: EngineRun, events: EngineEvents): Run {
    const own = new Run(run, runScope(run.executionId, this.effects.mark), events, this.effects);
    this.#runs.set(run.executionId, own);
    return own;
  }

  #next(): void {
    for (const [executionId, begin] of this.#waiting) {
      if (this.#working.size >= this.effects.maxRuns) return;
      this.#begin(executionId, begin);
    }
  }

  #begin(executionId: string, begin: () => Promise<void>): void {
    this.#waiting.delete(executionId);
    const work = begin().finally(() => {
      this.#working.delete(executionId);
      this.#runs.delete(executionId);
      this.#over.add(executionId);
      this.#next();
    });
    this.#working.set(executionId, work);
  }

  #onEvent({ executionId, action }: ContainerEvent): void {
    const run = this.#runs.get(executionId);
    run?.notice();
    // Compose was ended in the middle, and the daemon still made what it had been asked for.
    const late = run === undefined && this.#over.has(executionId) && (action === "create" || action === "start");
    if (!late || this.#reaping.has(executionId)) return;
    const reaping = this.#sweep({ executionId, interrupted: true }).finally(() => this.#reaping.delete(executionId));
    this.#reaping.set(executionId, reaping);
  }

  async #sweep({ executionId, interrupted }: AbandonedRun): Promise<void> {
    const { clock, folders, log } = this.effects;
    await sweepRun(executionId, interrupted, { ...this.effects, wake: new Wake(clock) });
    const removed = folders.remove(projectName(executionId));
    await removed.catch((error: unknown) => log(`folder of ${executionId}: ${String(error)}`));
  }
}
