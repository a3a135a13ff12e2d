/** Time as the emulator sees it, so that a test can drive it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `action` once after `milliseconds`; the answer takes it back. */
  schedule(milliseconds: number, action: () => void): Cancel;
}

/** Takes a scheduled action back; calling it twice or too late does nothing. */
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
