import type { Clock } from "../../../clock/clock";
import type { Daemon } from "../daemon/daemon";
import { DaemonError } from "../daemon/docker-api";
import { EXECUTION_LABEL } from "../daemon/names";
import { type ContainerView, isAlive } from "./run-state";
import { pause, type Wake } from "./wake";

/** Milliseconds after the grace at which what still runs is killed by ourselves; the daemon does so by itself before. */
const KILL_MARGIN = 2_000;
const CHECK_AGAIN = 1_000;
/** Removal of what is no living container is tried for so long. */
const SWEEP_LIMIT = 30_000;
const SWEEP_PAUSE = 300;
/** Checks in a row that have to find nothing after compose was ended in the middle. */
const CLEAN_AFTER_INTERRUPTION = 3;

/** What stopping needs from outside. */
export interface StopEffects {
  readonly daemon: Pick<Daemon, "containers" | "stop" | "kill" | "sweep">;
  readonly clock: Clock;
  readonly log: (message: string) => void;
}

/**
 * Stops every container of a run: its own stop signal to all at once, the grace counted once from `since` for all, then the kill.
 * A container that appears meanwhile gets what is left of the grace. Goes on while a container lives, or the daemon does not answer.
 *
 * @param hurried once true, what still runs is killed without waiting
 * @returns the containers as they were last seen
 */
export async function stopContainers(
  executionId: string,
  since: number,
  graceSeconds: number,
  hurried: () => boolean,
  { daemon, clock, log, wake }: StopEffects & { readonly wake: Wake },
): Promise<readonly ContainerView[]> {
  const graceEnd = since + graceSeconds * 1000;
  const asked = new Set<string>();
  const noted = (error: unknown): undefined => void log(`stop: ${String(error)}`);
  for (;;) {
    const containers = await daemon.containers(executionId).catch(noted);
    const alive = containers?.filter(isAlive) ?? [];
    if (containers && alive.length === 0) return containers;
    const left = graceEnd - clock.now();
    for (const { id } of alive) {
      if (hurried() || left < -KILL_MARGIN) void daemon.kill(id).catch(noted);
      // The daemon counts in seconds; a grace is never cut short for that.
      else if (!asked.has(id)) void daemon.stop(id, Math.max(0, Math.ceil(left / 1000))).catch(noted);
      asked.add(id);
    }
    await wake.wait(CHECK_AGAIN);
  }
}

/**
 * Removes everything of a run from the daemon. Returns only when no container of it lives: while one does, or the daemon does
 * not answer, it goes on. Networks and volumes that somebody else uses are left after a while.
 *
 * @param interrupted whether compose was ended in the middle of its work: what it had already asked for may then still
 * appear, so a check that finds nothing has to be confirmed
 */
export async function sweepRun(
  executionId: string,
  interrupted: boolean,
  { daemon, clock, log }: StopEffects,
): Promise<void> {
  let limit = clock.now() + SWEEP_LIMIT;
  let failure = "something of it is in use";
  for (let clean = 0, passes = 0; ; passes++) {
    if (passes > 1 || clean > 0) await pause(clock, SWEEP_PAUSE);
    try {
      clean = (await daemon.sweep(EXECUTION_LABEL, executionId)) === 0 ? clean + 1 : 0;
    } catch (error) {
      clean = 0;
      failure = String(error);
      // Time in which the daemon does not answer does not count.
      if (!(error instanceof DaemonError)) limit = clock.now() + SWEEP_LIMIT;
    }
    if (clean >= (interrupted ? CLEAN_AFTER_INTERRUPTION : 1)) return;
    if (clock.now() <= limit) continue;
    const containers = await daemon.containers(executionId).catch(() => undefined);
    if (containers !== undefined && !containers.some(isAlive))
      return log(`not everything of ${executionId} could be removed: ${failure}`);
  }
}
