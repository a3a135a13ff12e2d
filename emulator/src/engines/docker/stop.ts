import type { Clock } from "../../clock/clock";
import { type Daemon, isAnswer } from "./daemon";
import { EXECUTION_LABEL } from "./names";
import { type ContainerView, isAlive } from "./run-state";
import { pause, type Wake } from "./wake";

/** Milliseconds after the grace at which what still runs is killed by ourselves; the daemon does so by itself before. */
const KILL_MARGIN = 2_000;
/** Milliseconds after our own first kill at which a container that cannot be killed is left to its removal. */
const REMOVAL_MARGIN = 13_000;
const CHECK_AGAIN = 1_000;
/** Removal of what is no living container is tried for so long. */
const SWEEP_LIMIT = 30_000;
const SWEEP_PAUSE = 200;
/** The same, once it has been tried for that long. */
const LATE_SWEEP_PAUSE = 2_000;
/** Checks in a row that have to find nothing after compose was ended in the middle. */
const CLEAN_AFTER_INTERRUPTION = 3;

/** What stopping needs from outside. */
export interface StopEffects {
  readonly daemon: Pick<Daemon, "containers" | "stop" | "kill" | "sweep">;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly log: (message: string) => void;
}

/**
 * Stops every container of a run: its own stop signal to all at once, the grace counted once from `since` for all,
 * then the kill. A container that appears meanwhile gets what is left of the grace.
 *
 * @param hurried once true, what still runs is killed without waiting
 * @returns the containers as they were last seen
 */
export async function stopContainers(
  executionId: string,
  since: number,
  graceSeconds: number,
  hurried: () => boolean,
  effects: StopEffects,
): Promise<readonly ContainerView[]> {
  const { daemon, clock, wake, log } = effects;
  const graceEnd = since + graceSeconds * 1000;
  const asked = new Set<string>();
  let killedAt: number | undefined;
  const noted = (call: Promise<void>) => void call.catch((error: unknown) => log(`stop: ${String(error)}`));
  for (;;) {
    const containers = await daemon.containers(executionId).catch((error: unknown) => {
      log(`stop: ${String(error)}`);
      return undefined;
    });
    const alive = containers?.filter(isAlive) ?? [];
    if (containers !== undefined && alive.length === 0) return containers;
    const now = clock.now();
    // A daemon that does not answer may still run them, and has perhaps not seen the kill: that is no reason to give up.
    if (containers === undefined) killedAt = undefined;
    if (containers !== undefined && killedAt !== undefined && now > killedAt + REMOVAL_MARGIN) {
      log(`stop: ${alive.length} containers of ${executionId} could not be ended`);
      return containers;
    }
    const kill = hurried() || now > graceEnd + KILL_MARGIN;
    if (kill && alive.length > 0) killedAt ??= now;
    for (const { id } of alive) {
      if (kill) noted(daemon.kill(id));
      else if (!asked.has(id)) noted(daemon.stop(id, wholeSeconds(graceEnd - now)));
      asked.add(id);
    }
    await wake.wait(CHECK_AGAIN);
  }
}

/** The daemon counts in seconds; a grace is never cut short for that. */
function wholeSeconds(milliseconds: number): number {
  return Math.max(0, Math.ceil(milliseconds / 1000));
}

/**
 * Removes everything of a run from the daemon. Returns only when no container of it lives: while one does, or the daemon does
 * not answer, it goes on. Networks and volumes that somebody else uses are left after a while.
 *
 * @param interrupted whether compose was ended in the middle of its work: what it had already asked for may then still
 * appear, so a check that finds nothing has to be confirmed
 */
export async function sweepRun(executionId: string, interrupted: boolean, effects: StopEffects): Promise<void> {
  const { daemon, clock, log } = effects;
  let limit = clock.now() + SWEEP_LIMIT;
  const cleanNeeded = interrupted ? CLEAN_AFTER_INTERRUPTION : 1;
  let failure = "something of it is in use";
  for (let clean = 0, passes = 0; ; passes++) {
    const late = clock.now() > limit;
    if (passes > 1 || clean > 0) await pause(clock, late ? LATE_SWEEP_PAUSE : SWEEP_PAUSE);
    try {
      clean = (await daemon.sweep(EXECUTION_LABEL, executionId)) === 0 ? clean + 1 : 0;
    } catch (error) {
      clean = 0;
      failure = String(error);
      // Time in which the daemon does not answer does not count.
      if (!isAnswer(error)) limit = clock.now() + SWEEP_LIMIT;
    }
    if (clean >= cleanNeeded) return;
    if (clock.now() > limit && (await noneLives(executionId, daemon))) {
      return log(`not everything of ${executionId} could be removed: ${failure}`);
    }
  }
}

async function noneLives(executionId: string, daemon: StopEffects["daemon"]): Promise<boolean> {
  const containers = await daemon.containers(executionId).catch(() => undefined);
  return containers !== undefined && !containers.some(isAlive);
}
