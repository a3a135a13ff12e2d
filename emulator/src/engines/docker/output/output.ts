import { toIso } from "../../../clock/clock";
import { type EngineLine, exitMessage } from "../../engine";
import { type ContainerView, hasEnded, hasStarted, isAlive } from "../daemon/run-state";
import { type FollowerEffects, OutputFollower } from "./follower";

/** The effects and callbacks that are necessary to read the output of a run. */
export type OutputEffects = Pick<FollowerEffects, "daemon" | "clock" | "onLine" | "log">;

/** The output of all containers of a run. The lines of each container are in order. */
export class RunOutput {
  readonly #followers = new Map<string, OutputFollower>();
  /** The containers whose end was reported in the output. */
  readonly #exited = new Set<string>();

  constructor(private readonly effects: OutputEffects) {}

  /**
   * Reads the output of the running containers. Adds a line ({@link exitMessage}) for each container that has ended
   * with code 0, as long as another container runs.
   */
  follow(containers: readonly ContainerView[]): void {
    for (const container of containers) if (isAlive(container)) this.#of(container).follow();
    if (containers.some(isAlive)) for (const container of containers) this.#printExit(container);
  }

  #printExit(container: ContainerView): void {
    const { id, service, exitCode, finishedAt = toIso(this.effects.clock.now()) } = container;
    if (this.#exited.has(id) || !hasEnded(container) || exitCode !== 0) return;
    this.#exited.add(id);
    // The line has the time of the end, so that it comes after all output of the container.
    this.effects.onLine({ service, stream: "stdout", message: exitMessage(service), timestamp: finishedAt });
  }

  /** Reads all remaining output of these containers after the end of their run. */
  async finish(containers: readonly ContainerView[]): Promise<void> {
    const started = containers.filter((container) => hasStarted([container]));
    await Promise.all(started.map((container) => this.#of(container).finish()));
  }

  /** Adds a line of the emulator to a service's standard error, with a mark that shows its origin. */
  note(service: string, message: string): void {
    const timestamp = toIso(this.effects.clock.now());
    const line: EngineLine = { service, stream: "stderr", message: `[emulator] ${message}`, timestamp };
    this.effects.onLine(line);
  }

  #of(container: ContainerView): OutputFollower {
    const known = this.#followers.get(container.id);
    if (known !== undefined) return known;
    const onGap = (message: string) => this.note(container.service, message);
    const follower = new OutputFollower(container, { ...this.effects, onGap });
    this.#followers.set(container.id, follower);
    return follower;
  }
}
