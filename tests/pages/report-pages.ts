import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { htmlReport } from "../../provider/reads/report/html";
import { STYLE } from "../../provider/reads/report/style";
import { MADE_AT, reportedRun } from "../../provider/reads/report/testing/runs";

export { reportedRun, STYLE };

type Run = ReturnType<typeof reportedRun>;

/** A report of these runs. */
export function reportOf(...runs: readonly Run[]): string {
  return htmlReport({ madeAt: MADE_AT, runs });
}

/** A failed run with every fact that a report can show. */
export function failedRun(more: Partial<Run> = {}): Run {
  return reportedRun({
    label: "migrate",
    status: "failed",
    kind: "failed",
    returnCode: 3,
    failedServices: [{ service: "web", exitCode: 3 }],
    errors: ['service "web" exited with code 3'],
    lines: [
      { message: "connecting to the database", service: "db" },
      { message: "cannot open input", service: "web" },
    ],
    metrics: {
      series: {
        gpuUtilizationPercent: [10, 80, 95, 40].map((value, minute) => ({ timestamp: minuteOf(minute), value })),
        memoryUsedBytes: [1, 2, 3, 2].map((value, minute) => ({ timestamp: minuteOf(minute), value: value * 2 ** 30 })),
      },
    },
    cost: 0.4567,
    ...more,
  });
}

/** 200 runs with their last lines. Every tenth run has failed. */
export function manyRuns(): readonly Run[] {
  return Array.from({ length: 200 }, (_, at) => {
    const lines = Array.from({ length: 20 }, (_, line) => ({
      message: `epoch ${line}: loss ${"0".repeat(60)}`,
      service: "train",
    }));
    return at % 10 === 0
      ? failedRun({ label: `sweep-${at}`, lines })
      : reportedRun({ label: `sweep-${at}`, lines, cost: 0.5 });
  });
}

function minuteOf(minute: number): string {
  return new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString();
}

const folders: string[] = [];

/** The URL of a page as a file, because a person opens a report as a file. */
export function asFile(html: string): string {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-report-"));
  folders.push(folder);
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
