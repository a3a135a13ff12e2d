import type { SharedEnd } from "./oracle/aborts";
import type { SecondStart } from "./oracle/starts";
import { ACTIONS, CELLS, cellName } from "./plan/cells";

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
  /**
   * Names of the cells that met something: a request, a process in the moment that a request was held for it, or a state, with the
   * command behind it.
   */
  readonly fired: readonly string[];
  readonly secondStarts: readonly SecondStart[];
  /** Runs that a command ended since its row went, while another row had them (a named limit). */
  readonly sharedEnds: readonly SharedEnd[];
  /** Runs that go on behind the last destroy, and that some command named. */
  readonly leftNamed: number;
  /** Runs that go on behind the last destroy since a person keeps them, or no provider is called for them. */
  readonly leftKept: number;
  /** Hosts of Pulumi's own that lived on without having been asked for our provider. */
  readonly hostsLeftBehind: number;
  readonly violations: readonly string[];
  /** What was done, for the person who looks into a violation. */
  readonly scenario: readonly string[];
}

/** Five times each is what is asked of a long run. */
export const OFTEN_ENOUGH = 5;

/** How often each cell has come up that came up too rarely. */
export function rareCells(reports: readonly RunReport[]): ReadonlyMap<string, number> {
  const fired = reports.flatMap((report) => report.fired);
  const counts = CELLS.map(cellName).map((name) => [name, fired.filter((one) => one === name).length] as const);
  return new Map(counts.filter(([, count]) => count < OFTEN_ENOUGH));
}

/** What all runs together came to. */
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
