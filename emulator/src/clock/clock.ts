/** The emulator's clock. A test can control it. */
export interface Clock {
  /** Returns the time in milliseconds since 1970. */
  now(): number;
  /** Calls `action` once after `milliseconds`. Returns a function that cancels the call. */
  schedule(milliseconds: number, action: () => void): Cancel;
}

/** Cancels a scheduled action. Does nothing if the action is already cancelled or carried out. */
export type Cancel = () => void;

/** The machine's own clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  schedule(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Returns a time in ISO 8601 in UTC, as the API writes it. */
export function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
