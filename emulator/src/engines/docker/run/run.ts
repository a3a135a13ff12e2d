import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../../clock/clock";
import { type EngineEnd, type EngineEvents, type EngineRun, endOf, timeoutError } from "../../engine";
import { type Compose, type ComposeCli, callCompose } from "../daemon/compose";
import type { Daemon } from "../daemon/daemon";
import { pullImages } from "../daemon/pull";
import { composeReasons, redactorOf } from "../daemon/reasons";
import { type ContainerView, stoppedReturnCode, type UpState } from "../daemon/run-state";
import type { RunScope } from "../names";
import { RunOutput } from "../output/output";
import { composeText } from "../text/compose-text";
import { Wake } from "../wake";
import { prepareModel } from "./prepare";
import type { RunFolders } from "./run-folder";
import { stopContainers, sweepRun } from "./stop";
import { type Outcome, watchRun } from "./watch";

/** The effects that a run needs. Tests replace them. */
export interface RunEffects {
  readonly daemon: Daemon;
  readonly cli: ComposeCli;
  readonly folders: RunFolders;
  readonly clock: Clock;
  readonly log: (message: string) => void;
  /** The number of CPUs of the daemon's machine. */
  readonly cpus: number;
  /** Starts Compose. Tests replace this function. */
  readonly callCompose?: typeof callCompose;
}

/** One run of the Docker engine, from its Compose text to its end. */
export class Run {
  readonly #output: RunOutput;
  readonly #wake: Wake;
  readonly #redact: (text: string) => string;
  /** Aborting this controller ends the current call of Compose. After this, a new call of Compose ends at once. */
  readonly #composeEnd = new AbortController();
  #isComposeAtWork = false;
  /**
   * Whether the emulator ended Compose while Compose was working. The daemon may then still create objects that Compose
   * has requested.
   */
  #isInterrupted = false;
  #abortedAt: number | undefined;
  #isDaemonLost = false;
  #isClosed = false;
  #up: UpState = { kind: "going" };

  constructor(
    private readonly run: EngineRun,
    private readonly scope: RunScope,
    private readonly events: EngineEvents,
    private readonly effects: RunEffects,
  ) {
    this.#output = new RunOutput({ ...effects, onLine: (line) => events.line(line) });
    this.#wake = new Wake(effects.clock);
    this.#redact = redactorOf(run.registryCredentials);
  }

  /** Requests the stop of the run. The grace period begins with the first request. */
  abort(): void {
    this.#abortedAt ??= this.effects.clock.now();
    this.#endCompose();
    this.#wake.notice();
  }

  /** Ends the run without a grace period. */
  close(): void {
    this.#isClosed = true;
    this.#endCompose();
    this.#wake.notice();
  }

  /** Called when the daemon no longer answers. The daemon may answer again later. */
  daemonLost(): void {
    this.#isDaemonLost = true;
    this.#wake.notice();
  }

  /** Called when the state of one of the run's containers may have changed. */
  notice(): void {
    this.#wake.notice();
  }

  /** Runs the text until its end, and removes everything that belongs to the run. Never rejects. */
  async start(): Promise<void> {
    const { folders, log } = this.effects;
    const { executionId, project } = this.scope;
    // The daemon may have been lost while this run waited to begin. It may answer again, so the run begins anyway.
    this.#isDaemonLost = false;
    const end = await this.#untilStopped().catch((error: unknown) =>
      endOf("system_failure", { errors: [this.#redact(`The run could not be watched: ${String(error)}`)] }),
    );
    this.#endCompose();
    await sweepRun(executionId, this.#isInterrupted, this.effects);
    await folders.remove(project).catch((error: unknown) => log(`folder of ${executionId}: ${String(error)}`));
    this.events.ended(end);
  }

  get #isStopAsked(): boolean {
    return this.#isClosed || this.#abortedAt !== undefined;
  }

  #endCompose(): void {
    this.#isInterrupted ||= this.#isComposeAtWork;
    this.#composeEnd.abort();
  }

  /** Waits for the end of the run, stops all running containers, and reads the output to its end. */
  async #untilStopped(): Promise<EngineEnd> {
    const outcome = await this.#live();
    const since = this.#abortedAt ?? this.effects.clock.now();
    this.#endCompose();
    const effects = { ...this.effects, wake: this.#wake };
    const { gracefulTimeoutSeconds: grace, timeoutSeconds } = this.run;
    const containers = await stopContainers(this.scope.executionId, since, grace, () => this.#isClosed, effects);
    if (!this.#isClosed) await this.#output.finish(containers);
    if (outcome.kind === "ended") return outcome.end;
    if (outcome.kind === "timeout") {
      const hadEnded = ({ exitCode, finishedAt }: ContainerView): boolean =>
        exitCode === 0 && Date.parse(finishedAt ?? "") < since;
      const [before, going] = [true, false].map((ended) =>
        containers.filter((container) => hadEnded(container) === ended).map(({ service }) => service),
      );
      return endOf("timeout", { errors: [timeoutError(timeoutSeconds, before ?? [], going ?? [])] });
    }
    return this.#abortedAt === undefined
      ? endOf("system_failure", { errors: ["The emulator was closed while the run was going."] })
      : endOf("aborted", { returnCode: stoppedReturnCode(containers) });
  }

  async #live(): Promise<Outcome> {
    if (this.#isStopAsked) return { kind: "stopped" };
    this.events.status("starting");
    const reasons = await this.#bringUp();
    if (this.#isStopAsked) return { kind: "stopped" };
    if (reasons.length > 0) return { kind: "ended", end: await this.#notStarted(reasons) };
    return watchRun(this.run, {
      ...this.effects,
      wake: this.#wake,
      up: () => this.#up,
      stopAsked: () => this.#isStopAsked,
      daemonLost: () => this.#isDaemonLost,
      onRunning: () => this.events.status("running"),
      onContainers: (containers) => this.#output.follow(containers),
    });
  }

  /** @returns why the run cannot start; empty if Compose is starting it */
  async #bringUp(): Promise<readonly string[]> {
    const { daemon, folders, cpus, cli, callCompose: call = callCompose } = this.effects;
    const { project } = this.scope;
    const { cwd: folder, config } = await folders.create(project);
    const { signal } = this.#composeEnd;
    const compose: Compose = async (args, input, { withConfig, limitSeconds }) => {
      if (signal.aborted) return { code: null, stdout: "", stderr: "The run was ended." };
      this.#isComposeAtWork = true;
      const configFolder = withConfig ? config : undefined;
      const exit = await call(cli, { project, folder, configFolder, args, input, signal, limitSeconds });
      this.#isComposeAtWork = false;
      return exit;
    };

    const { composeFileCode, bucket } = this.run;
    const prepared = await prepareModel(composeFileCode, this.scope, cpus, compose, this.#redact, bucket);
    if (prepared.kind === "failed") return prepared.reasons;
    const { model, notes } = prepared.value;
    for (const { service, message } of notes) this.#output.note(service, message);
    const credentialFile = join(config, "config.json");
    const reasons = await pullImages(model, this.run.registryCredentials, {
      compose,
      hasImage: (image) => daemon.hasImage(image),
      writeConfig: (text) => writeFile(credentialFile, text, { mode: 0o600, flag: "wx" }),
      removeConfig: () => rm(credentialFile, { force: true }),
      redact: this.#redact,
    });
    if (reasons.length > 0) return reasons;

    const args = ["up", "--detach", "--no-build", "--pull", "never", "--quiet-pull"];
    void compose(args, composeText(model), { withConfig: true }).then(({ code, stderr }) => {
      this.#up =
        code === 0 ? { kind: "done" } : { kind: "failed", reasons: composeReasons(stderr, code, this.#redact) };
      this.#wake.notice();
    });
    return [];
  }

  /**
   * Returns the end of a run that Compose could not start. If the daemon stopped, the end is `system_failure`, because
   * the Compose text is not the cause. Otherwise, the end is `failed`.
   */
  async #notStarted(dockerErrors: readonly string[]): Promise<EngineEnd> {
    const isDaemonThere = await this.effects.daemon.cpus().then(
      () => !this.#isDaemonLost,
      () => false,
    );
    if (isDaemonThere) return endOf("failed", { dockerErrors });
    const errors = ["The Docker daemon went away while the run was starting."];
    return endOf("system_failure", { errors, dockerErrors });
  }
}
