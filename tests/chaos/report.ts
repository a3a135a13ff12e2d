import type { SharedEnd } from "./oracle/aborts";
import type { SecondStart } from "./oracle/starts";
import { ACTIONS, CELLS, cellName } from "./plan/cells";

/** The result of one chaos run. */
export interface RunReport {
  readonly run: number;
  /** The name of the cell, if the chaos run has only one cell. */
  readonly aim?: string;
  readonly seconds: number;
  readonly resources: number;
  readonly commands: number;
  readonly starts: number;
  readonly slowestCommand: number;
  /**
   * Names of the cells that had an effect: on a request, on a process while one of its requests is held, or on a state
   * together with the next command.
   */
  readonly fired: readonly string[];
  readonly secondStarts: readonly SecondStart[];
  /**
   * Runs that a command ended together with their resource, although another resource had the runs too (a known limit).
   */
  readonly sharedEnds: readonly SharedEnd[];
  /** The number of runs that were active after the last destroy and that a command named. */
  readonly leftNamed: number;
  /**
   * The number of active runs after the last destroy that no command has to name: a person keeps the run, or Pulumi
   * calls no provider for it.
   */
  readonly leftKept: number;
  /**
   * The number of Pulumi's own hosts that continued after their engine had ended, and that never loaded this package's
   * provider.
   */
  readonly hostsLeftBehind: number;
  readonly violations: readonly string[];
  /** The steps of the chaos run, as text for a person who investigates a violation. */
  readonly scenario: readonly string[];
}

/** How many times each cell must occur in a long test. */
export const OFTEN_ENOUGH = 5;

/** Returns the cells that occurred too rarely, each with the number of its occurrences. */
export function rareCells(reports: readonly RunReport[]): ReadonlyMap<string, number> {
  const fired = reports.flatMap((report) => report.fired);
  const counts = CELLS.map(cellName).map((name) => [name, fired.filter((one) => one === name).length] as const);
  return new Map(counts.filter(([, count]) => count < OFTEN_ENOUGH));
}

/** Returns the sums and the violations of all chaos runs together. */
export function summarize(seed: string, reports: readonly RunReport[]) {
  const sum = (of: (report: RunReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const seconds = reports.flatMap((report) => report.secondStarts);
  const fired = reports.flatMap((report) => report.fired);
  return {
    seed,
    runs: reports.length,
    fired: fired.length,
    surgery: Object.fromEntries(
      ACTIONS.map((action) => [action, fired.filter((name) => name.startsWith(`${action} × `)).length]),
    ),
    commands: sum(({ commands }) => commands),
    starts: sum(({ starts }) => starts),
    slowestCommand: Math.max(0, ...reports.map(({ slowestCommand }) => slowestCommand)),
    secondStarts: {
      held: seconds.filter(({ why }) => why === "held").length,
      hidden: seconds.filter(({ why }) => why === "hidden").length,
      named: seconds.filter(({ fate }) => fate === "named").length,
    },
    sharedEnds: {
      copied: sum(({ sharedEnds }) => sharedEnds.filter(({ why }) => why === "copied").length),
      adopted: sum(({ sharedEnds }) => sharedEnds.filter(({ why }) => why === "adopted").length),
    },
    leftNamed: sum(({ leftNamed }) => leftNamed),
    leftKept: sum(({ leftKept }) => leftKept),
    hostsLeftBehind: sum(({ hostsLeftBehind }) => hostsLeftBehind),
    wrong: reports.filter(({ violations }) => violations.length > 0).map(({ run }) => run),
    rare: rareCells(reports).size,
  };
}

/** Returns the error codes that a command printed, in brackets. */
export function codesIn(outputOf: string): string {
  const codes = [...new Set(outputOf.match(/LYC\d{4}/g) ?? [])];
  return codes.length === 0 ? "" : ` (${codes.join(", ")})`;
}
