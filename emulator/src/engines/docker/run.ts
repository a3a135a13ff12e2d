import type { Clock } from "../../clock/clock";
import type { EngineEnd, EngineEvents, EngineRun } from "../engine";
import type { ComposeCli, callCompose } from "./compose";
import { ComposeCalls } from "./compose-calls";
import { composeText } from "./compose-text";
import type { Daemon } from "./daemon";
import type { MachineLimits } from "./limits";
import type { RunScope } from "./names";
import { RunOutput } from "./output";
import { type Compose, prepareModel } from "./prepare";
import { pullImages } from "./pull";
import { composeReasons, redactorOf } from "./reasons";
import type { RunFolders } from "./run-folder";
import { type RunEnd, stoppedReturnCode, type UpState } from "./run-state";
import { stopContainers, sweepRun } from "./stop";
import { Wake } from "./wake";
import { type Outcome, watchRun } from "./watch";

/** What a run needs from outside. */
export interface RunEffects {
  readonly daemon: Daemon;
  readonly cli: ComposeCli;
  readonly folders: RunFolders;
  readonly clock: Clock;
  readonly log: (message: string) => void;
  readonly machine: MachineLimits;
  readonly runEnd: RunEnd;
  /** Starts compose; a parameter for tests. */
  readonly callCompose?: typeof callCompose;
}

/** One run from its text to its end. */
export class Run {
  readonly #calls: ComposeCalls;
  readonly #output: RunOutput;
  readonly #wake: Wake;
  readonly #redact: (text: string) => string;
  #abortedAt: number | undefined;
  #daemonLostAt: number | undefined;
  #closed = false;
  #up: UpState = { kind: "going" };
  #noted: Promise<void> = Promise.resolve();

  constructor(
    private readonly run: EngineRun,
    private readonly scope: RunScope,
    private readonly events: EngineEvents,
    private readonly effects: RunEffects,
  ) {
    this.#calls = new ComposeCalls(scope.project, effects);
    this.#output = new RunOutput({ ...effects, onLine: (line) => events.line(line) });
    this.#wake = new Wake(effects.clock);
    this.#redact = redactorOf(run.registryCredentials);
  }

  /** Asks for the stop; the grace counts from here. Asked again, nothing changes. */
  abort(): void {
    this.#abortedAt ??= this.effects.clock.now();
    this.#interrupt();
  }

  /** Ends the run without any grace. */
  close(): void {
    this.#closed = true;
    this.#interrupt();
  }

  /** The daemon has gone away, perhaps to come back. */
  daemonLost(): void {
    this.#daemonLostAt ??= this.effects.clock.now();
    this.#wake.notice();
  }

  /** Something happened to a container of the run. */
  notice(): void {
    this.#wake.notice();
  }

  /** Runs the text until its end; never rejects. */
  start(): Promise<void> {
    return this.#untilEnd(async () => {
      if (this.#stopAsked) return { kind: "stopped" };
      this.events.status("starting");
      const reasons = await this.#bringUp();
      if (this.#stopAsked) return { kind: "stopped" };
      if (reasons.length > 0) return { kind: "ended", end: await this.#notStarted(reasons) };
      return this.#watch();
    });
  }

  /**
   * Watches on over containers that an earlier process brought up; never rejects. @param reportedUpTo time of the last line
   * reported.
   */
  resume(reportedUpTo: string): Promise<void> {
    this.#up = { kind: "done" };
    this.#output.reportedUpTo = reportedUpTo;
    return this.#untilEnd(() => this.#watch());
  }

  get #stopAsked(): boolean {
    return this.#closed || this.#abortedAt !== undefined;
  }

  #interrupt(): void {
    this.#calls.end();
    this.#wake.notice();
  }

  /** @returns why it cannot start; nothing when compose is at work. */
  async #bringUp(): Promise<readonly string[]> {
    const { daemon, folders, machine } = this.effects;
    const { project, executionId } = this.scope;
    const { cwd, config } = await folders.create(project);
    await folders.writeNotes({ executionId, project, up: false });
    const compose: Compose = (args, input, { withConfig, limitSeconds }) =>
      this.#calls.start({ folder: cwd, args, input, ...(withConfig ? { configFolder: config } : {}) }, limitSeconds)
        .exit;

    const prepared = await prepareModel(this.run.composeFileCode, this.scope, machine, compose, this.#redact);
    if (prepared.kind === "failed") return prepared.reasons;
    const { model, notes } = prepared.value;
    for (const { service, message } of notes) this.#output.note(service, message);
    const pulled = await pullImages(model, this.run.registryCredentials, {
      compose,
      hasImage: (image) => daemon.hasImage(image),
      writeConfig: (text) => folders.writeConfig(project, text),
      removeConfig: () => folders.removeConfig(project),
      redact: this.#redact,
    });
    if (pulled.kind === "failed") return pulled.reasons;

    const args = ["up", "--detach", "--no-build", "--pull", "never", "--quiet-pull"];
    const up = this.#calls.start({ folder: cwd, configFolder: config, args, input: composeText(model) });
    this.#note({ composePid: up.pid, up: false });
    void up.exit.then(({ code, stderr }) => {
      if (code === 0) this.#note({ up: true });
      this.#up =
        code === 0 ? { kind: "done" } : { kind: "failed", reasons: composeReasons(stderr, code, this.#redact) };
      this.#wake.notice();
    });
    return [];
  }

  /** Compose fails, too, when the daemon goes away: then it is not the text that cannot start. */
  async #notStarted(dockerErrors: readonly string[]): Promise<EngineEnd> {
    const answers = await this.effects.daemon.facts().then(
      () => true,
      () => false,
    );
    if (answers && this.#daemonLostAt === undefined) return { ...NO_CODE, status: "failed", dockerErrors };
    const errors = ["The Docker daemon went away while the run was starting."];
    return { ...NO_CODE, status: "system_failure", errors, dockerErrors };
  }

  #note(notes: { readonly composePid?: number | undefined; readonly up: boolean }): void {
    const { folders, log } = this.effects;
    const { executionId, project } = this.scope;
    this.#noted = this.#noted
      .then(() => folders.writeNotes({ executionId, project, ...notes }))
      .catch((error: unknown) => log(`notes of ${executionId}: ${String(error)}`));
  }

  #watch(): Promise<Outcome> {
    return watchRun(this.run, {
      ...this.effects,
      wake: this.#wake,
      up: () => this.#up,
      stopAsked: () => this.#stopAsked,
      takeLoss: () => {
        const lostAt = this.#daemonLostAt;
        this.#daemonLostAt = undefined;
        return lostAt;
      },
      onRunning: () => this.events.status("running"),
      onContainers: (containers) => this.#output.follow(containers),
    });
  }

  async #untilEnd(live: () => Promise<Outcome>): Promise<void> {
    const { clock, folders, log } = this.effects;
    const { executionId, project } = this.scope;
    const end = await this.#finish(live).catch((error: unknown): EngineEnd => {
      return {
        ...NO_CODE,
        status: "system_failure",
        errors: [this.#redact(`The run could not be watched: ${String(error)}`)],
      };
    });
    this.#calls.end();
    await sweepRun(executionId, this.#calls.interrupted, { ...this.effects, clock, wake: this.#wake });
    await this.#noted;
    await folders.remove(project).catch((error: unknown) => log(`folder of ${executionId}: ${String(error)}`));
    this.#output.end();
    this.events.ended(end);
  }

  /** Stops what still runs, and reads the output to its end. */
  async #finish(live: () => Promise<Outcome>): Promise<EngineEnd> {
    const outcome = await live();
    const since = this.#abortedAt ?? this.effects.clock.now();
    this.#calls.end();
    const stop = { ...this.effects, wake: this.#wake };
    const { executionId } = this.scope;
    const { gracefulTimeoutSeconds: grace, timeoutSeconds } = this.run;
    const containers = await stopContainers(executionId, since, grace, () => this.#closed, stop);
    if (!this.#closed) await this.#output.finish(containers);
    switch (outcome.kind) {
      case "ended":
        return outcome.end;
      case "timeout":
        return {
          ...NO_CODE,
          status: "timeout",
          errors: [`The run was ended after its timeout of ${timeoutSeconds} s.`],
        };
      case "stopped":
        return this.#abortedAt === undefined
          ? { ...NO_CODE, status: "system_failure", errors: ["The emulator was closed while the run was going."] }
          : { ...NO_CODE, status: "aborted", returnCode: stoppedReturnCode(containers) };
    }
  }
}

const NO_CODE = { returnCode: null, errors: [], dockerErrors: [] } as const;
