import { type FollowerEffects, OutputFollower } from "./follower";
import { type ContainerView, hasStarted, isAlive } from "./verdict";

/** The output of all containers of a run. */
export class RunOutput {
  readonly #followers = new Map<string, OutputFollower>();
  /** Time of the last line that an earlier process of ours has told; set before the first container is followed. */
  toldUpTo: string | undefined;

  constructor(private readonly effects: FollowerEffects) {}

  /** Reads from the containers that run. */
  follow(containers: readonly ContainerView[]): void {
    for (const container of containers) if (isAlive(container)) this.#of(container).follow();
  }

  /** Reads what is left of containers that have ended for good. */
  async finish(containers: readonly ContainerView[]): Promise<void> {
    const started = containers.filter((container) => hasStarted([container]));
    await Promise.all(started.map((container) => this.#of(container).finish()));
  }

  /** A line of the emulator itself, on a service's standard error and marked as such. */
  tell(service: string, message: string): void {
    const timestamp = new Date(this.effects.clock.now()).toISOString();
    this.effects.onLine({ service, stream: "stderr", message: `[emulator] ${message}`, timestamp });
  }

  #of(container: ContainerView): OutputFollower {
    const known = this.#followers.get(container.id);
    if (known !== undefined) return known;
    const follower = new OutputFollower(container, this.effects, this.toldUpTo);
    this.#followers.set(container.id, follower);
    return follower;
  }
}
