import { type Cancel, type Clock, toIso } from "../../clock/clock";
import type { EngineEnd, EngineEvents, EngineRun } from "../engine";
import { type Script, type SimulatedService, scriptOf } from "./script";
import { stopOf } from "./stop";

/** When a run of several services ends: see the emulator's `--run-end`. */
export type RunEnd = "all" | "first-failure" | "first-exit";

/** What becomes of a run whose text has no script: nothing was run, or a success on demand. */
export type Simulate = "nothing" | "success";

/** One run that follows its script. */
export class SimulatedRun {
  readonly #run: EngineRun;
  readonly #events: EngineEvents;
  readonly #clock: Clock;
  readonly #runEnd: RunEnd;
  readonly #simulate: Simulate;
  readonly #timers = new Set<Cancel>();
  readonly #running = new Set<SimulatedService>();
  #firstFailure: { readonly name: string; readonly exitCode: number } | undefined;
  /** What will end it is decided; nothing changes that any more. */
  #decided = false;

  constructor(
    run: EngineRun,
    events: EngineEvents,
    options: { readonly clock: Clock; readonly runEnd: RunEnd; readonly simulate: Simulate },
  ) {
    this.#run = run;
    this.#events = events;
    this.#clock = options.clock;
    this.#runEnd = options.runEnd;
    this.#simulate = options.simulate;
  }

  /** Sets it going; everything comes later, by the clock. */
  begin(): void {
    const read = scriptOf(this.#run.composeFileCode);
    if (read.kind === "unusable") {
      this.#after(0, () => this.end(neverRan(read.reasons)));
      return;
    }
    this.#after(read.script.queue, () => {
      this.#events.status("starting");
      this.#after(read.script.start, () => this.#launch(read.script));
    });
  }

  /** The stop signal to every service at once; `ended` follows. */
  abort(): void {
    this.#stopThenEnd((returnCode) => ({ status: "aborted", returnCode, errors: [], dockerErrors: [] }));
  }

  /** Ends it now, whatever its script says. */
  end(end: EngineEnd): void {
    this.drop();
    this.#events.ended(end);
  }

  /** Forgets it without a word. */
  drop(): void {
    this.#decided = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #launch(script: Script): void {
    if (script.startError !== undefined) {
      this.end(neverRan([script.startError]));
      return;
    }
    if (!script.isScripted && this.#simulate === "nothing") {
      this.end({ status: "failed", returnCode: null, errors: [nothingWasRun], dockerErrors: [] });
      return;
    }
    this.#events.status("running");
    const { timeoutSeconds } = this.#run;
    for (const service of script.services) this.#running.add(service);
    for (const service of script.services) {
      for (const line of service.output) {
        const { stream, message } = line;
        // Lines that are due after the service's end are never written.
        if (line.at > service.run) continue;
        this.#after(line.at, () =>
          this.#events.line({ service: service.name, stream, message, timestamp: toIso(this.#clock.now()) }),
        );
      }
      this.#after(service.run, () => this.#exited(service));
    }
    this.#after(timeoutSeconds, () =>
      this.#stopThenEnd(() => ({
        status: "timeout",
        returnCode: null,
        errors: [`The run was ended after its timeout of ${timeoutSeconds} s.`],
        dockerErrors: [],
      })),
    );
  }

  #exited(service: SimulatedService): void {
    this.#running.delete(service);
    if (service.exitCode !== 0) this.#firstFailure ??= service;
    const isLast = this.#running.size === 0;
    if (this.#runEnd === "first-exit" || isLast || (this.#runEnd === "first-failure" && service.exitCode !== 0)) {
      const outcome = this.#firstFailure;
      this.#stopThenEnd(() => (outcome === undefined ? completed : failed(outcome.name, outcome.exitCode)));
    }
  }

  #stopThenEnd(end: (returnCode: number | null) => EngineEnd): void {
    if (this.#decided) return;
    this.drop();
    const stop = stopOf([...this.#running], this.#run.gracefulTimeoutSeconds);
    this.#after(stop.seconds, () => this.end(end(stop.returnCode)));
  }

  #after(seconds: number, action: () => void): void {
    const cancel = this.#clock.schedule(seconds * 1000, () => {
      this.#timers.delete(cancel);
      action();
    });
    this.#timers.add(cancel);
  }
}

const nothingWasRun =
  "SIMULATED: nothing was run. The emulator has no Docker engine here, and the text has no x-lyceum-sim that defines what to " +
  "simulate. Start the emulator with --engine docker for real containers, or with --simulate success.";

const completed: EngineEnd = { status: "completed", returnCode: 0, errors: [], dockerErrors: [] };

function failed(service: string, code: number): EngineEnd {
  return {
    status: "failed",
    returnCode: code,
    errors: [`The service ${service} exited with code ${code}.`],
    dockerErrors: [],
  };
}

function neverRan(dockerErrors: readonly string[]): EngineEnd {
  return { status: "failed", returnCode: null, errors: [], dockerErrors };
}
