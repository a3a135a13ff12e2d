import { htmlReport } from "./html";
import { MADE_AT, reportedRun } from "./testing/runs";

const page = (...runs: readonly ReturnType<typeof reportedRun>[]) => htmlReport({ madeAt: MADE_AT, runs });

test("a failed run shows its service, exit code, phases and last lines, which are unfolded", () => {
  const html = page(
    reportedRun({
      status: "failed",
      kind: "failed",
      returnCode: 3,
      failedServices: [
        { service: "web", exitCode: 3 },
        { service: "db", exitCode: 137 },
      ],
      errors: ['service "web" exited with code 3'],
      lines: [{ message: "cannot open input", service: "web" }],
      cost: 0.4567,
    }),
  );
  expect(html).toContain('<div class="status failed">failed (exit code 3) after 1m30s</div>');
  expect(html).toContain(
    "<dd>service web with exit code 3, then service db with exit code 137 (killed: often out of memory, or the grace period ended)</dd>",
  );
  expect(html).toContain('aria-label="Timeline: queued 8s, starting 2s, running 1m25s, stopping 5s"');
  expect(html).toContain("<details open><summary>The last 1 lines of output</summary>");
  expect(html).toContain("<b>web</b> | <bdi>cannot open input</bdi>");
  expect(html).toContain("<dd>0.46</dd>");
  // The page already shows the failed services, so it does not show the same errors again.
  expect(html).not.toContain("<dt>error</dt>");
});

test("a title is shown once: in the head of a page about one run, or at each run of a page about several", () => {
  const headings = (html: string) => [...html.matchAll(/<(h[12])>/g)].map(([, name]) => name);
  expect(headings(page(reportedRun({})))).toEqual(["h1"]);
  expect(headings(page(reportedRun({}), reportedRun({})))).toEqual(["h1", "h2", "h2"]);
});

test("an exit code of the system is explained, and a phase of less than a second is not 0s", () => {
  const html = page(
    reportedRun({
      status: "failed",
      kind: "failed",
      returnCode: 127,
      timing: { launchingContainer: 0.34, phases: {} },
    }),
  );
  expect(html).toContain("failed (exit code 127, its command is not in the image) after");
  expect(html).toContain("starting 0.3s");
});

test("output of a run is never markup, and nothing is loaded from elsewhere", () => {
  const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)></pre>\u001b[2J\u202e${"y".repeat(10_000)}`;
  const html = page(
    reportedRun({
      label: hostile,
      status: hostile,
      hardwareProfile: hostile,
      errors: [hostile],
      failedServices: [{ service: hostile }],
      lines: [{ message: hostile, service: hostile }],
      metrics: { series: { gpuUtilizationPercent: samples([1, 2]) } },
    }),
  );
  const tags = new Set([...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, tag]) => tag));
  expect([...tags].filter((tag) => ["script", "img", "link", "iframe", "object"].includes(tag ?? ""))).toEqual([]);
  expect(html).not.toMatch(/\son\w+=(?!&)"/);
  expect(html.replaceAll('"en"', "")).not.toMatch(/https?:\/\/|url\(/);
  for (const character of ["\u001b", "\u202e"]) expect(html).not.toContain(character);
  expect(html).toContain("Content-Security-Policy");
  // The expression finds a tag that the test adds. So the search above works.
  expect(`${html}<img>`).toMatch(/<img/);
});

test("a report of several runs begins with an overview with filters, and has their total cost", () => {
  const html = page(
    reportedRun({ cost: 1.5 }),
    reportedRun({ kind: "failed", status: "failed", cost: 2 }),
    reportedRun(),
  );
  expect(html.indexOf("<fieldset")).toBeLessThan(html.indexOf("<article"));
  expect(html).toContain('<td class="number">3.50</td></tr></tfoot>');
  expect(html.match(/<tr data-kind="failed">/g)).toHaveLength(1);
  expect(html).toContain('<p class="failures">Of 3 runs 1 failed.</p>');
  expect(html).toContain('<td class="status failed">failed (0)</td>');
  for (const at of [0, 1, 2]) expect(html).toMatch(new RegExp(`href="#run-${at}".*id="run-${at}"`, "s"));
});

test("200 runs with their last lines are less than 1 MB", () => {
  const lines = Array.from({ length: 20 }, (_, index) => ({
    message: `epoch ${index}: loss ${"0".repeat(10_000)}`,
    service: "train",
  }));
  const runs = Array.from({ length: 200 }, (_, index) => reportedRun({ label: `sweep-${index}`, lines }));
  expect(Buffer.byteLength(page(...runs))).toBeLessThan(1_000_000);
});

test("a run that has not started has no time, and an active run has the time so far", () => {
  const { endedAt: _end, timing: _timing, ...going } = reportedRun({ status: "running", kind: "running" });
  expect(page(going)).toContain('<div class="status running">running (exit code 0) after 4m50s</div>');
  const { startedAt: _start, returnCode: _code, ...queued } = going;
  expect(page({ ...queued, status: "pending", kind: "waiting" })).toContain(
    '<div class="status waiting">pending</div>',
  );
});

function samples(values: readonly number[]) {
  return values.map((value, index) => ({ timestamp: new Date(Date.UTC(2026, 2, 1, 12, index)).toISOString(), value }));
}

test("the files that a run has left are listed with the commands that fetch them", () => {
  const artifacts = { model: { key: "out/<b>.pt", bytes: 5, etag: "e" } };
  expect(page(reportedRun({ artifacts }))).toContain(
    "<dt>artifact</dt><dd>model: out/&lt;b&gt;.pt (5 B), npx pulumi-lyceum files get &#39;out/&lt;b&gt;.pt&#39;</dd>",
  );
});
