import type { Clock } from "../../../clock/clock";
import { type EngineEnd, type EngineRun, endOf } from "../../engine";
import type { Daemon } from "../daemon/daemon";
import { type ContainerView, hasStarted, runState, type UpState } from "../daemon/run-state";
import type { Wake } from "../wake";

/**
 * Milliseconds between two regular checks of a run's containers. Events of the daemon report most changes, and the
 * checks find the others.
 */
const CHECK_AGAIN = 2_000;
/** The time limit in seconds from the beginning of `docker compose up` until a container starts. */
const START_LIMIT = 300;

/** The result of watching a run. `stopped`: the run was aborted, or the emulator is closing. */
export type Outcome =
  | { readonly kind: "ended"; readonly end: EngineEnd }
  | { readonly kind: "timeout" }
  | { readonly kind: "stopped" };

/** The dependencies of {@link watchRun}, and the functions that it calls. */
export interface WatchEffects {
  readonly daemon: Pick<Daemon, "containers">;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly log: (message: string) => void;
  readonly up: () => UpState;
  readonly stopAsked: () => boolean;
  /** Whether the daemon stopped answering after the run had begun. */
  readonly daemonLost: () => boolean;
  /** Called once, when the first container has started. */
  readonly onRunning: () => void;
  readonly onContainers: (containers: readonly ContainerView[]) => void;
}

/**
 * Watches a run until it has ended, its timeout is over, or a stop is requested. The timeout counts from the first
 * start of a container.
 */
export async function watchRun(run: EngineRun, effects: WatchEffects): Promise<Outcome> {
  const { daemon, clock, wake, log } = effects;
  const known = new Map<string, ContainerView>();
  const startLimit = clock.now() + START_LIMIT * 1000;
  let deadline: number | undefined;
  for (;;) {
    if (effects.stopAsked()) return { kind: "stopped" };
    // The progress of `up` must be read before the containers. If the end of a container made Compose fail, the list
    // then shows this end, which is the better reason for the end of the run.
    const up = effects.up();
    const containers = await daemon.containers(run.executionId).catch((error: unknown) => {
      log(`inspecting ${run.executionId}: ${String(error)}`);
      return undefined;
    });
    // When a daemon stops or starts, the daemon ends its containers. The exit codes of these containers do not show how
    // the run ended.
    if (effects.daemonLost()) {
      const errors = ["The Docker daemon was restarted while the run went on."];
      return ended("system_failure", { errors, dockerErrors: up.kind === "failed" ? up.reasons : [] });
    }
    if (containers !== undefined) {
      const all = withVanished(known, containers);
      effects.onContainers(all);
      if (deadline === undefined && hasStarted(all)) {
        effects.onRunning();
        deadline = clock.now() + run.timeoutSeconds * 1000;
      }
      const current = runState(all, up);
      if (current.kind === "ended") return current;
    }
    const now = clock.now();
    if (deadline !== undefined && now >= deadline) return { kind: "timeout" };
    if (deadline === undefined && now > startLimit) {
      return ended("failed", { dockerErrors: [`No container had started after ${START_LIMIT} s.`] });
    }
    await wake.wait(Math.min(CHECK_AGAIN, (deadline ?? Number.POSITIVE_INFINITY) - now));
  }
}

/** Returns the containers of the run. A container in `known` that has disappeared gets the state `gone`. */
function withVanished(
  known: Map<string, ContainerView>,
  containers: readonly ContainerView[],
): readonly ContainerView[] {
  for (const container of containers) known.set(container.id, container);
  const present = new Set(containers.map(({ id }) => id));
  const vanished = [...known.values()].filter(({ id }) => !present.has(id));
  return [...containers, ...vanished.map((container) => ({ ...container, state: "gone" as const }))];
}

function ended(...end: Parameters<typeof endOf>): Outcome {
  return { kind: "ended", end: endOf(...end) };
}
