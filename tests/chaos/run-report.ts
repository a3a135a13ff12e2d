import type { Fired } from "./fired";
import type { SecondStart } from "./oracle";

/** What came of one run. */
export interface RunReport {
  readonly run: number;
  /** The cell that it was aimed at, by its name. */
  readonly aim?: string;
  readonly seconds: number;
  readonly resources: number;
  readonly commands: number;
  readonly starts: number;
  readonly slowestCommand: number;
  readonly fired: readonly Fired[];
  readonly secondStarts: readonly SecondStart[];
  /** Runs that a destroyed stack left to their timeout: no state had recorded them (a named limit). */
  readonly leftToTimeout: number;
  /** Hosts of Pulumi's own that lived on without having been asked for our provider. */
  readonly hostsLeftBehind: number;
  readonly violations: readonly string[];
  /** What was done, for the person who looks into a violation. */
  readonly scenario: readonly string[];
}
