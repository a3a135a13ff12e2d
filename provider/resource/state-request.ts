import type { RecordedState } from "../execution";

/** What read and delete are asked. */
export interface StateRequest {
  readonly state: RecordedState;
  /** Fires when the caller no longer waits; see docs/explanation/lifecycle.md for what then happens. */
  readonly signal: AbortSignal;
}
