import type { SimulatedService } from "./script";

/** Exit code of a process that was killed. */
export const killedCode = 137;
/** Exit code of a process that gave way to the stop signal. */
export const stoppedCode = 143;

/** How the stop of what still runs goes: all get the signal at once, and the grace counts once. */
export interface Stop {
  /** Seconds from the signal until nothing runs. */
  readonly seconds: number;
  /** `null`: nothing ran. */
  readonly returnCode: number | null;
}

/** How long the services take to stop, and with what code. */
export function stopOf(running: readonly SimulatedService[], graceSeconds: number): Stop {
  if (running.length === 0) return { seconds: 0, returnCode: null };
  const isKilled = (service: SimulatedService) => service.ignoreSignal || service.stopTakes > graceSeconds;
  return {
    seconds: Math.max(...running.map((service) => (isKilled(service) ? graceSeconds : service.stopTakes))),
    returnCode: running.some(isKilled) ? killedCode : stoppedCode,
  };
}
