import { type Cancel, type Clock, toIso } from "../../clock/clock";
import {
  type EngineEnd,
  type EngineEvents,
  type EngineLine,
  type EngineRun,
  endOf,
  exitMessage,
  timeoutError,
} from "../engine";
import { linesInBucket, writeToBucket } from "./bucket-files";
import { type Script, type SimulatedService, scriptOf } from "./script";

/** Exit code of a process that was killed, and of a process that ended after the stop signal. */
const [killedCode, stoppedCode] = [137, 143];

/** A simulated run. It follows the script in its Compose text (`x-lyceum-sim`). */
export class SimulatedRun {
  readonly #timers = new Set<Cancel>();
  readonly #running = new Set<SimulatedService>();
  /** Whether the end of the run is decided. A later abort does not change it. */
  #decided = false;

  constructor(
    private readonly run: EngineRun,
    private readonly events: EngineEvents,
    private readonly clock: Clock,
  ) {}

  /** Starts the run. All later changes follow the clock. */
  begin(): void {
    const read = scriptOf(this.run.composeFileCode);
    if (read.kind === "unusable") {
      this.#after(0, () => this.end(endOf("failed", { dockerErrors: read.reasons })));
      return;
    }
    this.#after(read.script.queue, () => {
      this.events.status("starting");
      this.#after(read.script.start, () => this.#launch(read.script));
    });
  }

  /** Sends the stop signal to every service at once. When the services have stopped, `ended` is called. */
  abort(): void {
    this.#stopThenEnd((returnCode) => endOf("aborted", { returnCode }));
  }

  /** Ends the run now, whatever its script contains. */
  end(end: EngineEnd): void {
    this.drop();
    this.events.ended(end);
  }

  /** Stops the run without reporting an end. */
  drop(): void {
    this.#decided = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #launch({ startError, services }: Script): void {
    if (startError !== undefined) {
      this.end(endOf("failed", { dockerErrors: [startError] }));
      return;
    }
    this.events.status("running");
    const { timeoutSeconds } = this.run;
    for (const service of services) this.#running.add(service);
    for (const service of services) {
      for (const line of linesInBucket(this.run.bucket, service.read)) this.#print(service, line);
      for (const { at, stream, message } of service.output) {
        // A service writes no line after its end.
        if (at > service.run) continue;
        this.#after(at, () => this.#print(service, { stream, message }));
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
      this.#stopThenEnd(() => endOf("timeout", { errors: [error] }));
    });
  }

  #exited(service: SimulatedService): void {
    this.#running.delete(service);
    const { name, exitCode } = service;
    for (const line of writeToBucket(this.run.bucket, service.write, this.clock.now())) this.#print(service, line);
    if (exitCode === 0 && this.#running.size > 0)
      this.#print(service, { stream: "stdout", message: exitMessage(name) });
    const errors = [`The service ${name} exited with code ${exitCode}.`];
    if (exitCode !== 0) this.#stopThenEnd(() => endOf("failed", { returnCode: exitCode, errors }));
    else if (this.#running.size === 0) this.#stopThenEnd(() => endOf("completed", { returnCode: 0 }));
  }

  #print({ name }: SimulatedService, { stream, message }: Pick<EngineLine, "stream" | "message">): void {
    this.events.line({ service: name, stream, message, timestamp: toIso(this.clock.now()) });
  }

  /** Stops all running services with one shared grace period, and then ends the run. */
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
    const cancel = this.clock.schedule(seconds * 1000, () => {
      this.#timers.delete(cancel);
      action();
    });
    this.#timers.add(cancel);
  }
}
