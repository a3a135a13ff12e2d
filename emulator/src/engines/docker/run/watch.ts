import type { Clock } from "../../../clock/clock";
import { type EngineEnd, type EngineRun, endOf } from "../../engine";
import type { Daemon } from "../daemon/daemon";
import { type ContainerView, hasStarted, runState, type UpState } from "./run-state";
import type { Wake } from "./wake";

/** Events report changes at once; a check now and then is for those that were missed. */
const CHECK_AGAIN = 2_000;
/** A container has to have started so many seconds after compose began to bring the run up. */
const START_LIMIT = 300;

/** How watching ended. `stopped`: somebody asked for it. */
export type Outcome =
  | { readonly kind: "ended"; readonly end: EngineEnd }
  | { readonly kind: "timeout" }
  | { readonly kind: "stopped" };

/** What watching needs from outside. */
export interface WatchEffects {
  readonly daemon: Pick<Daemon, "containers">;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly log: (message: string) => void;
  readonly up: () => UpState;
  readonly stopAsked: () => boolean;
  /** Whether the daemon has gone away since the run began. */
  readonly daemonLost: () => boolean;
  /** Called once, when the first container has started. */
  readonly onRunning: () => void;
  readonly onContainers: (containers: readonly ContainerView[]) => void;
}

/** Watches a run's containers until they decide its end, its timeout is over (counted from its first container's start), or somebody stops it. */
export async function watchRun(run: EngineRun, effects: WatchEffects): Promise<Outcome> {
  const { daemon, clock, wake, log } = effects;
  const known = new Map<string, ContainerView>();
  const startLimit = clock.now() + START_LIMIT * 1000;
  let deadline: number | undefined;
  for (;;) {
    if (effects.stopAsked()) return { kind: "stopped" };
    // Before the check: when compose gave up because a container failed, the check must show that container's end.
    const up = effects.up();
    const containers = await daemon.containers(run.executionId).catch((error: unknown) => {
      log(`inspecting ${run.executionId}: ${String(error)}`);
      return undefined;
    });
    // It ends containers when it stops or comes back: their exit codes say nothing about the run.
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

/** The containers, and those that were there before and are not any more. */
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
