import type { LedgerRun } from "../../harness/emulator/control";
import { markerIn } from "../plan/desired";

/** The end of a run. */
export interface Result {
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const GOING: readonly string[] = ["pending", "starting", "running", "cancelling"];

/** Returns the end of a run. `undefined` while the run is active. */
export function resultOf({ timeline }: LedgerRun): Result | undefined {
  const last = timeline.at(-1);
  return last === undefined || GOING.includes(last.status)
    ? undefined
    : { status: last.status, at: Date.parse(last.at) };
}

/** Returns the time at which the emulator accepted a run, in milliseconds since the epoch. */
export function bornAt({ timeline }: LedgerRun): number {
  return Date.parse(timeline[0]?.at ?? "");
}

/** Returns the name of the resource of a run: the label after the start key. */
export function resourceOf({ fileName }: LedgerRun): string {
  const end = fileName?.indexOf("-") ?? -1;
  return end === -1 ? "" : (fileName?.slice(end + 1) ?? "");
}

/** Returns a run as text, for a person who reads about a violation. */
export function nameOf(run: LedgerRun): string {
  return `${run.executionId} (${markerIn(run.composeFileCode) ?? "a text without a marker"})`;
}
