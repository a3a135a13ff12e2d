import { type Cancel, type Clock, toIso } from "../../clock/clock";
import { type EngineEnd, type EngineEvents, type EngineRun, type RunEnd, timeoutError } from "../engine";
import { type Script, type SimulatedService, scriptOf } from "./script";

/** What becomes of a run whose text has no script: nothing was run, or a success on demand. */
export type Simulate = "nothing" | "success";

/** Exit code of a process that was killed, and of one that gave way to the stop signal. */
const [killedCode, stoppedCode] = [137, 143];

/** One run that follows its script. */
export class SimulatedRun {
  readonly #timers = new Set<Cancel>();
  readonly #running = new Set<SimulatedService>();
  #firstFailure: SimulatedService | undefined;
  /** What will end it is decided; nothing changes that any more. */
  #decided = false;

  constructor(
    private readonly run: EngineRun,
    private readonly events: EngineEvents,
    private readonly options: { readonly clock: Clock; readonly runEnd: RunEnd; readonly simulate: Simulate },
  ) {}

  /** Sets it going; everything comes later, by the clock. */
  begin(): void {
    const read = scriptOf(this.run.composeFileCode);
    if (read.kind === "unusable") {
      this.#after(0, () => this.end(ended("failed", null, [], read.reasons)));
      return;
    }
    this.#after(read.script.queue, () => {
      this.events.status("starting");
      this.#after(read.script.start, () => this.#launch(read.script));
    });
  }

  /** The stop signal to every service at once; `ended` follows. */
  abort(): void {
    this.#stopThenEnd((returnCode) => ended("aborted", returnCode));
  }

  /** Ends it now, whatever its script says. */
  end(end: EngineEnd): void {
    this.drop();
    this.events.ended(end);
  }

  /** Forgets it without a word. */
  drop(): void {
    this.#decided = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #launch({ startError, isScripted, services }: Script): void {
    if (startError !== undefined || (!isScripted && this.options.simulate === "nothing")) {
      this.end(
        startError === undefined ? ended("failed", null, [nothingWasRun]) : ended("failed", null, [], [startError]),
      );
      return;
    }
    this.events.status("running");
    const { clock } = this.options;
    const { timeoutSeconds } = this.run;
    for (const service of services) this.#running.add(service);
    for (const service of services) {
      for (const { at, stream, message } of service.output) {
        // Lines that are due after the service's end are never written.
        if (at > service.run) continue;
        this.#after(at, () =>
          this.events.line({ service: service.name, stream, message, timestamp: toIso(clock.now()) }),
        );
      }
      this.#after(service.run, () => this.#exited(service));
    }
    this.#after(timeoutSeconds, () => {
      const before = services.filter((service) => !this.#running.has(service)).map(({ name }) => name);
      const error = timeoutError(
        timeoutSeconds,
        before,
        [...this.#running].map(({ name }) => name),
      );
      this.#stopThenEnd(() => ended("timeout", null, [error]));
    });
  }

  #exited(service: SimulatedService): void {
    const { runEnd } = this.options;
    this.#running.delete(service);
    if (service.exitCode !== 0) this.#firstFailure ??= service;
    const isFailure = runEnd === "first-failure" && service.exitCode !== 0;
    if (runEnd !== "first-exit" && this.#running.size > 0 && !isFailure) return;
    const { name, exitCode } = this.#firstFailure ?? { name: "", exitCode: 0 };
    const errors = [`The service ${name} exited with code ${exitCode}.`];
    this.#stopThenEnd(() => (exitCode === 0 ? ended("completed", 0) : ended("failed", exitCode, errors)));
  }

  /** All that still run get the signal at once, and the grace counts once. */
  #stopThenEnd(end: (returnCode: number | null) => EngineEnd): void {
    if (this.#decided) return;
    this.drop();
    const grace = this.run.gracefulTimeoutSeconds;
    const running = [...this.#running];
    const isKilled = (service: SimulatedService) => service.ignoreSignal || service.stopTakes > grace;
    const takes = running.map((service) => (isKilled(service) ? grace : service.stopTakes));
    const returnCode = running.length === 0 ? null : running.some(isKilled) ? killedCode : stoppedCode;
    this.#after(Math.max(0, ...takes), () => this.end(end(returnCode)));
  }

  #after(seconds: number, action: () => void): void {
    const cancel = this.options.clock.schedule(seconds * 1000, () => {
      this.#timers.delete(cancel);
      action();
    });
    this.#timers.add(cancel);
  }
}

const nothingWasRun =
  "SIMULATED: nothing was run. The emulator has no Docker engine here, and the text has no x-lyceum-sim that defines what to " +
  "simulate. Start the emulator with --engine docker for real containers, or with --simulate success.";

function ended(
  status: EngineEnd["status"],
  returnCode: number | null,
  errors: readonly string[] = [],
  dockerErrors: readonly string[] = [],
): EngineEnd {
  return { status, returnCode, errors, dockerErrors };
}
