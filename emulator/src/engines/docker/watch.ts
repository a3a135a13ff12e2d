import type { Clock } from "../../clock/clock";
import type { EngineEnd, EngineRun } from "../engine";
import type { Daemon } from "./daemon";
import { compareInstants, instantMillis } from "./instants";
import { MOST_DISK_BYTES } from "./limits";
import { type ContainerView, hasStarted, isAlive, type RunEnd, runState, type UpState } from "./run-state";
import type { Wake } from "./wake";

/** Events report changes at once; a check now and then is for those that were missed. */
const CHECK_AGAIN = 2_000;
/** A container has to have started so many seconds after compose began to bring the run up. */
const START_LIMIT = 300;
/** Seconds without an answer of the daemon after which the run is abandoned. */
const SILENCE_LIMIT = 60;

/** Milliseconds between two checks of what a run has written to the disk. */
const DISK_CHECK = 10_000;

const RESTARTED = "The Docker daemon was restarted while the run went on.";

/** How watching ended. `stopped`: somebody asked for it. */
export type Outcome =
  | { readonly kind: "ended"; readonly end: EngineEnd }
  | { readonly kind: "timeout" }
  | { readonly kind: "stopped" };

/** What watching needs from outside. */
export interface WatchEffects {
  readonly daemon: Pick<Daemon, "containers" | "diskUse">;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly runEnd: RunEnd;
  readonly log: (message: string) => void;
  readonly up: () => UpState;
  readonly stopAsked: () => boolean;
  /** Since when the daemon has been away, once after each time that it was; to be asked when it answers. */
  readonly takeLoss: () => number | undefined;
  /** Called once, when the first container has started. */
  readonly onRunning: () => void;
  readonly onContainers: (containers: readonly ContainerView[]) => void;
}

/** Watches a run's containers until they decide its end, its timeout is over (counted from its first container's start), or somebody stops it. */
export async function watchRun(run: EngineRun, effects: WatchEffects): Promise<Outcome> {
  const { clock, wake, log } = effects;
  const known = new Map<string, ContainerView>();
  const began = clock.now();
  let answeredAt = began;
  let deadline: number | undefined;
  const disk = watchDisk(run.executionId, effects);
  for (;;) {
    if (effects.stopAsked()) return { kind: "stopped" };
    // Before the check: when compose gave up because a container failed, the check must show that container's end.
    const up = effects.up();
    const before = new Map(known);
    try {
      const containers = withVanished(known, await effects.daemon.containers(run.executionId));
      answeredAt = clock.now();
      effects.onContainers(containers);
      if (deadline === undefined && hasStarted(containers)) {
        effects.onRunning();
        deadline = firstStart(containers, answeredAt) + run.timeoutSeconds * 1000;
      }
      const lostAt = effects.takeLoss();
      if (lostAt !== undefined) {
        const reasons = up.kind === "failed" ? up.reasons : undefined;
        const changed = lostAt >= began && changedWhileAway(before, containers);
        if (changed || reasons !== undefined) return failure("system_failure", RESTARTED, reasons);
      }
      const current = runState(containers, up, effects.runEnd);
      if (current.kind === "ended") return { kind: "ended", end: current.end };
    } catch (error) {
      log(`inspecting ${run.executionId}: ${String(error)}`);
      if (effects.stopAsked()) return { kind: "stopped" };
      if (clock.now() - answeredAt > SILENCE_LIMIT * 1000) {
        return failure("system_failure", `The Docker daemon has not answered for ${SILENCE_LIMIT} s: ${String(error)}`);
      }
    }
    if (deadline !== undefined && disk.isOver()) {
      return failure("failed", `The run wrote more than ${MOST_DISK_BYTES / 1024 ** 3} GB to the disk.`);
    }
    const now = clock.now();
    if (deadline !== undefined && now >= deadline) return { kind: "timeout" };
    if (deadline === undefined && now - began > START_LIMIT * 1000) {
      return failure("failed", `No container had started after ${START_LIMIT} s.`);
    }
    await wake.wait(Math.min(CHECK_AGAIN, (deadline ?? Number.POSITIVE_INFINITY) - now));
  }
}

/** Asks now and then what a run has written to the disk, and waits for no answer. */
function watchDisk(
  executionId: string,
  { daemon, clock, wake, log }: WatchEffects,
): { readonly isOver: () => boolean } {
  let bytes = 0;
  let nextCheck = clock.now() + DISK_CHECK;
  return {
    isOver() {
      if (clock.now() >= nextCheck) {
        // Until there is an answer, nothing is asked again.
        nextCheck = Number.POSITIVE_INFINITY;
        void daemon
          .diskUse(executionId)
          .then((used) => {
            bytes = used;
            if (used > MOST_DISK_BYTES) wake.notice();
          })
          .catch((error: unknown) => log(`disk of ${executionId}: ${String(error)}`))
          .finally(() => {
            nextCheck = clock.now() + DISK_CHECK;
          });
      }
      return bytes > MOST_DISK_BYTES;
    },
  };
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

/**
 * Whether a container ended or started again while the daemon was away, or just before. It ends containers when it stops or comes
 * back, and nobody else starts one meanwhile: their exit codes say nothing about the run. One that outlived the daemon has not
 * changed. When the connection ended does not matter: the daemon closes it last, and may stop containers for seconds before.
 */
function changedWhileAway(before: ReadonlyMap<string, ContainerView>, containers: readonly ContainerView[]): boolean {
  return containers.some((container) => {
    const observed = before.get(container.id);
    if (observed === undefined) return hasStarted([container]) && !isAlive(container);
    return observed.startedAt !== container.startedAt || observed.finishedAt !== container.finishedAt;
  });
}

/** When the first container started, by the daemon's clock; never later than now, since the daemon may live in a machine of its own. */
function firstStart(containers: readonly ContainerView[], now: number): number {
  const started = containers.map(({ startedAt }) => startedAt).filter((at) => instantMillis(at) !== undefined);
  return Math.min(instantMillis(started.sort(compareInstants)[0]) ?? now, now);
}

/** @param also what compose wrote */
function failure(status: "failed" | "system_failure", reason: string, also: readonly string[] = []): Outcome {
  const reasons =
    status === "failed" ? { errors: [], dockerErrors: [reason] } : { errors: [reason], dockerErrors: also };
  return { kind: "ended", end: { status, returnCode: null, ...reasons } };
}
