import type { Clock, EngineLiveness } from "../execution";

/** How often the engine is asked whether it is still there. Seconds. */
const CHECK_EVERY = 2;
/** One closed port may be a hiccup; two in a row are a dead engine. */
const TIMES = 2;

/**
 * Ends this process once its engine is gone: the host lives on after its command was killed, and nobody records what it
 * waits for, nor the id of a start whose answer is on its way. The next command finds the run by its key.
 */
export async function exitWithEngine(engine: EngineLiveness, clock: Clock, exit: () => void): Promise<void> {
  for (let missed = 0; missed < TIMES; ) {
    await clock.sleep(CHECK_EVERY);
    missed = (await engine.isAlive()) ? 0 : missed + 1;
  }
  exit();
}
