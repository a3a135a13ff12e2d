import {
  CELLS,
  type Cell,
  cellName,
  cellNamed,
  PHASES,
  type Phase,
  SERVICE_FAULTS,
  SIGNAL_CELLS,
  signalName,
} from "./cells";
import type { RunReport } from "./run-report";

/** How often each fault has met each phase. */
export type Table = Readonly<Record<string, Readonly<Partial<Record<Phase, number>>>>>;

/** What all runs together came to, as `--json` writes it. */
export interface ChaosReport {
  readonly seed: string;
  readonly runs: number;
  readonly fired: number;
  readonly commands: number;
  readonly starts: number;
  readonly slowestCommand: number;
  readonly secondStarts: {
    readonly held: number;
    readonly hidden: number;
    /** How many of them were aborted by a command that saw them, and after how many list calls at most. */
    readonly aborted: number;
    readonly mostTicks: number;
  };
  readonly leftToTimeout: number;
  readonly hostsLeftBehind: number;
  readonly violations: readonly { readonly run: number; readonly what: readonly string[] }[];
  readonly table: Table;
  /** Cells that came up fewer than five times, and how often each did. */
  readonly rare: Readonly<Record<string, number>>;
}

/** Five times each is what is asked of a long run. */
export const OFTEN_ENOUGH = 5;

/** Adds the runs up. */
export function summarize(seed: string, reports: readonly RunReport[]): ChaosReport {
  const sum = (of: (report: RunReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const seconds = reports.flatMap((report) => report.secondStarts);
  const ticks = seconds.flatMap((one) => one.ticks ?? []);
  const table = tableOf(reports);
  return {
    seed,
    runs: reports.length,
    fired: sum(({ fired }) => fired.length),
    commands: sum(({ commands }) => commands),
    starts: sum(({ starts }) => starts),
    slowestCommand: Math.max(0, ...reports.map(({ slowestCommand }) => slowestCommand)),
    secondStarts: {
      held: seconds.filter(({ why }) => why === "held").length,
      hidden: seconds.filter(({ why }) => why === "hidden").length,
      aborted: ticks.length,
      mostTicks: Math.max(0, ...ticks),
    },
    leftToTimeout: sum(({ leftToTimeout }) => leftToTimeout),
    hostsLeftBehind: sum(({ hostsLeftBehind }) => hostsLeftBehind),
    violations: reports
      .filter(({ violations }) => violations.length > 0)
      .map(({ run, violations }) => ({ run, what: violations })),
    table,
    rare: Object.fromEntries(
      CELLS.map((cell) => [cellName(cell), countOf(cell, table)] as const).filter(([, count]) => count < OFTEN_ENOUGH),
    ),
  };
}

function countOf(cell: Cell, table: Table): number {
  if (cell.kind === "signal") return table[signalName(cell.signal)]?.[cell.signal.phase] ?? 0;
  return table[cell.fault.fault]?.[cell.fault.phase] ?? 0;
}

function tableOf(reports: readonly RunReport[]): Table {
  const table: Record<string, Partial<Record<Phase, number>>> = {};
  for (const { cell, phase } of reports.flatMap(({ fired }) => fired)) {
    const row = table[cell] ?? {};
    table[cell] = row;
    row[phase] = (row[phase] ?? 0) + 1;
  }
  return table;
}

/** The table as Markdown; a dash is a pair that has no meaning. */
export function markdown(table: Table): string {
  const names = [...SERVICE_FAULTS, ...new Set(SIGNAL_CELLS.map(signalName))];
  const cell = (name: string, phase: Phase): string => {
    const count = table[name]?.[phase];
    if (count !== undefined) return String(count);
    return cellNamed(`${name} × ${phase}`) === undefined ? "–" : "0";
  };
  return [
    `| fault | ${PHASES.join(" | ")} |`,
    `|---|${PHASES.map(() => "---:").join("|")}|`,
    ...names.map((name) => `| ${name} | ${PHASES.map((phase) => cell(name, phase)).join(" | ")} |`),
  ].join("\n");
}
