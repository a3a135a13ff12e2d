import type { Clock, EngineLiveness } from "../execution";

/** One question serves all who ask within this time of it. Milliseconds. */
const SHARED_MILLISECONDS = 100;

/**
 * Asks the engine once for all starts that begin together, not once for each: a question is a call of its own to the
 * engine. That an engine dies within the time is no more than that it dies between the answer and the start, and the run
 * is found by its key all the same.
 */
export function sharedLiveness(engine: EngineLiveness, clock: Pick<Clock, "now">): EngineLiveness {
  let latest: { readonly askedAt: number; readonly answer: Promise<boolean> } | undefined;
  return {
    isAlive: () => {
      const age = latest === undefined ? Number.NaN : clock.now() - latest.askedAt;
      // A clock that was set back gives a negative age: then it is asked anew.
      if (latest === undefined || !(age >= 0 && age < SHARED_MILLISECONDS))
        latest = { askedAt: clock.now(), answer: engine.isAlive() };
      return latest.answer;
    },
  };
}
