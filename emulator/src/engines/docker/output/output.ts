import type { EngineLine } from "../../engine";
import { type ContainerView, hasStarted, isAlive } from "../run/run-state";
import { type FollowerEffects, OutputFollower } from "./follower";
import { LineOrder } from "./line-order";

/** What reading a run's output needs from outside. */
export type OutputEffects = Pick<FollowerEffects, "daemon" | "clock" | "onLine" | "log">;

/** The output of all containers of a run, in the order in which it was written. */
export class RunOutput {
  readonly #followers = new Map<string, OutputFollower>();
  readonly #order: LineOrder;

  constructor(private readonly effects: OutputEffects) {
    this.#order = new LineOrder(effects.clock, effects.onLine);
  }

  /** Reads from the containers that run. */
  follow(containers: readonly ContainerView[]): void {
    for (const container of containers) if (isAlive(container)) this.#of(container).follow();
  }

  /** Reads what is left of containers that have ended for good. */
  async finish(containers: readonly ContainerView[]): Promise<void> {
    const started = containers.filter((container) => hasStarted([container]));
    await Promise.all(started.map((container) => this.#of(container).finish()));
    this.#order.flush();
  }

  /** Shows what is held; from here on there are no more lines. */
  end(): void {
    this.#order.end();
  }

  /** A line of the emulator itself, on a service's standard error and marked as such. */
  note(service: string, message: string): void {
    this.#note(service, message, new Date(this.effects.clock.now()).toISOString());
  }

  /** It stands behind what has been read: the emulator's clock need not be the daemon's. */
  #note(service: string, message: string, timestamp: string): void {
    this.#order.flush();
    const line: EngineLine = { service, stream: "stderr", message: `[emulator] ${message}`, timestamp };
    this.effects.onLine(line);
  }

  #of(container: ContainerView): OutputFollower {
    const known = this.#followers.get(container.id);
    if (known !== undefined) return known;
    const effects: FollowerEffects = {
      ...this.effects,
      onLine: (line) => this.#order.add(line),
      onGap: (message, timestamp) => this.#note(container.service, message, timestamp),
    };
    const follower = new OutputFollower(container, effects);
    this.#followers.set(container.id, follower);
    return follower;
  }
}
