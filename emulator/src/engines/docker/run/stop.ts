import type { Clock } from "../../../clock/clock";
import type { Daemon } from "../daemon/daemon";
import { DaemonError } from "../daemon/docker-api";
import { type ContainerView, isAlive } from "../daemon/run-state";
import { EXECUTION_LABEL } from "../names";
import { pause, type Wake, within } from "../wake";

/** Milliseconds after the grace period until the emulator kills a container that the daemon has not killed. */
const KILL_MARGIN = 2_000;
const CHECK_AGAIN = 1_000;
/** The time limit for removing objects other than running containers, in milliseconds. */
const SWEEP_LIMIT = 30_000;
const SWEEP_PAUSE = 300;
/**
 * If Compose was ended while it was working, the daemon may still create objects of the run. A run then counts as
 * removed when this many checks in a row have found no object.
 */
const CLEAN_AFTER_INTERRUPTION = 3;

/** The time limit for removing the runs of ended emulators, in milliseconds. */
const ABANDONED_LIMIT = 60_000;

/** The effects that the functions of this file need. Tests replace them. */
export interface StopEffects {
  readonly daemon: Pick<Daemon, "containers" | "stop" | "kill" | "sweep">;
  readonly clock: Clock;
  readonly log: (message: string) => void;
}

/**
 * Stops every container of a run. All containers get their stop signal at once, share one grace period from `since`,
 * and are then killed. A container that appears later gets what remains of this period. The function continues while a
 * container runs or the daemon does not answer.
 *
 * @param hurried as soon as `hurried` returns true, running containers are killed at once
 * @returns the containers as they were last observed
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
      // The daemon counts whole seconds. The time is rounded up, because the grace period must not be shorter.
      else if (!asked.has(id)) void daemon.stop(id, Math.max(0, Math.ceil(left / 1000))).catch(noted);
      asked.add(id);
    }
    await wake.wait(CHECK_AGAIN);
  }
}

/**
 * Removes everything of a run from the daemon. Gives up after a time limit, for example if something else uses a
 * network. Never gives up while a container of the run is running or the daemon does not answer.
 *
 * @param interrupted whether Compose was ended while it was working
 * @param isLate as soon as `isLate` returns true, the function gives up
 */
export async function sweepRun(
  executionId: string,
  interrupted: boolean,
  { daemon, clock, log }: StopEffects,
  isLate: () => boolean = () => false,
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
      // If the daemon did not answer, the time limit begins again.
      if (!(error instanceof DaemonError)) limit = clock.now() + SWEEP_LIMIT;
    }
    if (clean >= (interrupted ? CLEAN_AFTER_INTERRUPTION : 1) || isLate()) return;
    if (clock.now() <= limit) continue;
    const containers = await daemon.containers(executionId).catch(() => undefined);
    if (containers !== undefined && !containers.some(isAlive))
      return log(`not everything of ${executionId} could be removed: ${failure}`);
  }
}

/**
 * Removes the runs of ended emulators. A run that cannot be removed must not block the start of an emulator. So after a
 * time limit, the function logs the remaining runs and returns.
 *
 * @param sweep removes everything of one run. `sweep` stops as soon as its argument `isLate` returns true
 */
export async function sweepEnded(
  executionIds: readonly string[],
  sweep: (executionId: string, isLate: () => boolean) => Promise<void>,
  { clock, log }: Pick<StopEffects, "clock" | "log">,
): Promise<void> {
  const left = new Set(executionIds);
  let isLate = false;
  const swept = executionIds.map(async (executionId) => {
    await sweep(executionId, () => isLate);
    left.delete(executionId);
  });
  if ((await within(clock, ABANDONED_LIMIT, Promise.all(swept))) !== undefined) return;
  isLate = true;
  log(
    `runs of ended emulators could not be removed in ${ABANDONED_LIMIT / 1000} s: ${[...left].join(", ")}. \`npx pulumi-lyceum emulator clean\` tries it again.`,
  );
}
