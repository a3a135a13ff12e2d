import { SIMULATED } from "../../display/wording";
import { furtherErrors } from "../../lifecycle/run/record/failed-service";
import { curveChart, escaped, timelineChart } from "./charts";
import { MANY_RUNS, phasesOf, type Report, type ReportedRun } from "./report-data";
import { artifactTexts, codeOf, countOfFailures, durationOf, failureOf, money, statusOf, titleOf } from "./run-texts";
import { STYLE } from "./style";

/** Writes a report as one HTML page. The page has no scripts and loads nothing. */
export function htmlReport(report: Report): string {
  const { runs, madeAt } = report;
  const now = Date.parse(madeAt);
  const longestLine = runs.length >= MANY_RUNS ? LONGEST_LINE.many : LONGEST_LINE.one;
  const title = runs.length === 1 && runs[0] !== undefined ? titleOf(runs[0]) : `${runs.length} runs on Lyceum Cloud`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><p class="made">Made at <time datetime="${escaped(madeAt)}">${escaped(madeAt)}</time></p>${report.isSimulated === true ? `<p class="made"><strong>${SIMULATED}</strong></p>` : ""}</header>
<main>
${runs.length > 1 ? overview(runs, now) : ""}
${runs.map((run, index) => article(run, index, { now, longestLine, isTitled: runs.length > 1 })).join("\n")}
</main>
</body>
</html>
`;
}

function overview(runs: readonly ReportedRun[], now: number): string {
  const costs = runs.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const total = costs.length === 0 ? "" : money(costs.reduce((sum, cost) => sum + cost, 0));
  const rows = runs.map((run, index) => {
    const { kind, hardwareProfile = "", cost } = run;
    return `<tr data-kind="${kind}"><td><a href="#run-${index}">${escaped(titleOf(run))}</a></td><td class="status ${kind}">${escaped(statusOf(run))}</td><td class="machine">${escaped(hardwareProfile)}</td><td class="number">${escaped(durationOf(run, now))}</td><td class="number">${cost === undefined ? "" : money(cost)}</td></tr>`;
  });
  const failures = countOfFailures(runs);
  return `${failures === undefined ? "" : `<p class="failures">${failures}</p>`}<fieldset aria-label="Which runs are shown"><label><input type="radio" name="shown" checked> all</label><label><input type="radio" name="shown" id="only-failed"> failed and aborted</label><label><input type="radio" name="shown" id="only-active"> active</label></fieldset>
<table><thead><tr><th scope="col">run</th><th scope="col">status (exit code)</th><th scope="col" class="machine">machine</th><th scope="col" class="number">ran</th><th scope="col" class="number">cost</th></tr></thead>
<tbody>${rows.join("\n")}</tbody>
<tfoot><tr><th scope="row">${runs.length} runs</th><td></td><td class="machine"></td><td></td><td class="number">${total}</td></tr></tfoot></table>`;
}

interface ArticleOptions {
  readonly now: number;
  readonly longestLine: number;
  /** Whether the section has a title. If the page has only one run, the title of the page is enough. */
  readonly isTitled: boolean;
}

function article(run: ReportedRun, index: number, { now, longestLine, isTitled }: ArticleOptions): string {
  const { kind, status, lines = [], metrics } = run;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["id", run.executionId],
    ["failed", failureOf(run)],
    ["attempt", run.attempt?.toString()],
    ["machine", run.hardwareProfile],
    ["created", run.createdAt],
    ["started", run.startedAt],
    ["ended", run.endedAt],
    ["cost", run.cost === undefined ? undefined : money(run.cost)],
    ...artifactTexts(run).map((text) => ["artifact", text] as const),
    ...furtherErrors(run.errors).map((error) => ["error", error] as const),
  ];
  const list = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`<dt>${name}</dt><dd>${escaped(value)}</dd>`],
  );
  const curves = Object.entries(metrics?.series ?? {}).map(([name, samples]) => curveChart(name, samples));
  return `<article id="run-${index}" data-kind="${kind}">
${isTitled ? `<h2>${escaped(titleOf(run))}</h2>\n` : ""}<div class="status ${kind}">${escaped(status)}${codeOf(run)}${durationOf(run, now) === "" ? "" : ` after ${escaped(durationOf(run, now))}`}</div>
${timelineChart(phasesOf(run, now))}
<dl>${list.join("")}</dl>
${curves.join("\n")}
${lines.length === 0 ? "" : `<details${kind === "failed" ? " open" : ""}><summary>The last ${lines.length} lines of output</summary><pre tabindex="0">${lines.map((line) => outputLine(line, longestLine)).join("\n")}</pre></details>`}
</article>`;
}

/**
 * Maximum number of characters of an output line. The limit is lower for `MANY_RUNS` runs or more, so that the page
 * stays small.
 */
const LONGEST_LINE = { one: 2000, many: 100 } as const;

function outputLine({ service, message }: NonNullable<ReportedRun["lines"]>[number], longest: number): string {
  const shown = message.length > longest ? `${message.slice(0, longest)}…` : message;
  // `bdi` keeps right-to-left text from changing the order of the line. The style expects service names in `b`.
  return `${service === undefined ? "" : `<b>${escaped(service)}</b> | `}<bdi>${escaped(shown)}</bdi>`;
}
