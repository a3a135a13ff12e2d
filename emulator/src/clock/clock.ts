/** The emulator's time, which a test can control. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `action` once after `milliseconds`. Returns a function that cancels the call. */
  schedule(milliseconds: number, action: () => void): Cancel;
}

/** Cancels a scheduled action. Calling it twice or too late has no effect. */
export type Cancel = () => void;

/** The machine's own clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  schedule(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** ISO 8601 in UTC, as the API writes times. */
export function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
