import type { Engine, EngineEvents, EngineRun } from "../engine";
import { endAbandonedCompose } from "./daemon/compose";
import { type ContainerEvent, listen } from "./daemon/events";
import { MARK_LABEL, projectName, runScope } from "./names";
import { Run, type RunEffects } from "./run/run";
import { sweepEnded, sweepRun } from "./run/stop";
import { within } from "./wake";

/** The effects that the engine needs. Tests replace them. */
export interface DockerEngineEffects extends RunEffects {
  /** The value of the label {@link MARK_LABEL} on everything that the engine creates. Made by `dataMark`. */
  readonly mark: string;
  /** The value of the label `OWNER_LABEL` on everything that the engine creates. The value names this process. */
  readonly owner: string;
  /** Returns whether the process that `owner` names has ended. False if unknown, for example on another machine. */
  readonly hasEnded: (owner: string) => boolean;
  /** The largest number of runs at once. Further runs wait with the status `pending`. */
  readonly maxRuns: number;
}

/** `close` waits at most this many milliseconds for the end of its runs, and again for the removal of unknown runs. */
const CLOSE_LIMIT = 60_000;

/** Runs Compose texts in real containers. */
export class DockerEngine implements Engine {
  readonly name = "docker";
  readonly #runs = new Map<string, Run>();
  /** Ids of runs that wait to begin, in the order of their starts. */
  readonly #waiting = new Set<string>();
  readonly #working = new Set<Promise<void>>();
  readonly #listening: { readonly stop: () => void };
  /** Runs that ended in this process. Docker may still make a container for such a run; the engine removes it. */
  readonly #over = new Set<string>();
  readonly #reaping = new Map<string, Promise<void>>();
  #closing: Promise<void> | undefined;
  /** Closes all runs. Their calls of Compose end at once. */
  readonly #closeRuns = () => this.#each((run) => run.close());

  constructor(private readonly effects: DockerEngineEffects) {
    this.#listening = listen(effects.mark, {
      daemon: effects.daemon,
      clock: effects.clock,
      onEvent: (event) => this.#onEvent(event),
      onLost: () => this.#each((run) => run.daemonLost()),
      onGap: () => this.#each((run) => run.notice()),
    });
    process.on("exit", this.#closeRuns);
  }

  start(run: EngineRun, events: EngineEvents): void {
    const { executionId } = run;
    const own = new Run(run, runScope(executionId, this.effects.mark, this.effects.owner), events, this.effects);
    this.#runs.set(executionId, own);
    if (this.#closing !== undefined) own.close();
    this.#waiting.add(executionId);
    this.#next();
  }

  abort(executionId: string): void {
    this.#runs.get(executionId)?.abort();
    // A waiting run begins now. Because it is aborted, it starts no container and ends at once.
    this.#begin(executionId);
  }

  async recover(unfinished: readonly string[]): Promise<void> {
    const { daemon, folders, mark, hasEnded } = this.effects;
    // An emulator with another data folder may have been killed, and may never start again. So this engine also removes
    // the containers, networks and volumes of that emulator.
    const owners = await daemon.owners();
    const abandoned = [...owners].flatMap(([executionId, owner]) => (hasEnded(owner) ? [executionId] : []));
    await endAbandonedCompose([...(await folders.projects()), ...abandoned.map(projectName)]);
    const own = new Set([...unfinished, ...(await daemon.executions(MARK_LABEL, mark))]);
    const others = abandoned.filter((executionId) => !own.has(executionId));
    await Promise.all([
      ...[...own].map((executionId) => this.#sweep(executionId)),
      sweepEnded(others, (executionId, isLate) => this.#sweep(executionId, isLate), this.effects),
    ]);
    await folders.removeAll();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { clock, daemon, folders, log, mark } = this.effects;
    this.#closeRuns();
    for (const executionId of this.#waiting) this.#begin(executionId);
    const working = Promise.all([...this.#working, ...this.#reaping.values()]);
    if ((await within(clock, CLOSE_LIMIT, working)) === undefined) log("closing: some runs did not end in time");
    this.#listening.stop();
    process.off("exit", this.#closeRuns);
    // Some containers, networks and volumes may belong to runs that this emulator does not know. An example is a run of
    // a killed emulator that had the same data folder. This code removes them.
    const left = await daemon.executions(MARK_LABEL, mark).catch(() => new Set<string>());
    const swept = Promise.all([...left].map((executionId) => this.#sweep(executionId)));
    if ((await within(clock, CLOSE_LIMIT, swept)) === undefined) log("closing: something was left on the daemon");
    await folders.removeAll().catch((error: unknown) => log(`closing: ${String(error)}`));
  }

  #each(action: (run: Run) => void): void {
    for (const run of this.#runs.values()) action(run);
  }

  #next(): void {
    for (const executionId of this.#waiting) {
      if (this.#working.size >= this.effects.maxRuns) return;
      this.#begin(executionId);
    }
  }

  #begin(executionId: string): void {
    const run = this.#runs.get(executionId);
    if (!this.#waiting.delete(executionId) || run === undefined) return;
    const work = run.start().finally(() => {
      this.#working.delete(work);
      this.#runs.delete(executionId);
      this.#over.add(executionId);
      this.#next();
    });
    this.#working.add(work);
  }

  #onEvent({ executionId, action }: ContainerEvent): void {
    this.#runs.get(executionId)?.notice();
    // After a call of Compose was ended, the daemon may still create objects that Compose had requested.
    const isLate = this.#over.has(executionId) && (action === "create" || action === "start");
    if (!isLate || this.#reaping.has(executionId)) return;
    const reaping = this.#sweep(executionId).finally(() => this.#reaping.delete(executionId));
    this.#reaping.set(executionId, reaping);
  }

  async #sweep(executionId: string, isLate?: () => boolean): Promise<void> {
    const { folders, log } = this.effects;
    await sweepRun(executionId, true, this.effects, isLate);
    const removed = folders.remove(projectName(executionId));
    await removed.catch((error: unknown) => log(`folder of ${executionId}: ${String(error)}`));
  }
}
