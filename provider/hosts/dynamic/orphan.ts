import type { Clock, EngineLiveness } from "../../execution";

/** How often the engine is asked whether it is still there. Seconds. */
const LOOK_EVERY = 4;
/** One closed port may be a hiccup; two in a row are a dead engine. */
const TIMES = 2;

/** Work that must not be broken off: a start whose answer is on its way. */
export interface CriticalWork {
  /** How many are under way. */
  underWay(): number;
}

/**
 * Ends this process once its engine is gone: the host lives on after its command was killed, and nobody records what it
 * waits for. The next command finds the run by its key. A start under way is let finish first.
 */
export async function exitWithEngine(
  engine: EngineLiveness,
  clock: Clock,
  work: CriticalWork,
  exit: () => void,
): Promise<void> {
  for (let missed = 0; missed < TIMES; ) {
    await clock.sleep(LOOK_EVERY);
    missed = (await engine.isAlive()) ? 0 : missed + 1;
  }
  while (work.underWay() > 0) await clock.sleep(1);
  exit();
}
