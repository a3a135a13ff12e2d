import { clientWith } from "../testing/client";
import { phasesOf, readReport } from "./report-data";
import { MADE_AT, reportedRun } from "./testing/runs";

const record = {
  status: "completed",
  errors: [],
  hardwareProfile: "gpu.l40s",
  startedAt: "2026-03-01T12:00:00Z",
  endedAt: "2026-03-01T12:30:00Z",
};
const now = () => Date.parse(MADE_AT);
const refused = async () => Promise.reject(new Error("refused"));
const { signal } = new AbortController();

test("the cost is the price of an hour times the time, and facts that the service refuses are left out", async () => {
  const client = clientWith({
    record: async () => ({ kind: "found", value: record }),
    machineTypes: async () => [{ hardwareProfile: "gpu.l40s", pricePerHour: 3 }],
    timing: refused,
    metrics: refused,
    logsTail: refused,
  });
  const { runs, madeAt } = await readReport(client, ["r1"], now, signal);
  expect([madeAt, runs.length, runs[0]?.cost, runs[0]?.kind]).toEqual([MADE_AT, 1, 1.5, "completed"]);
  expect(Object.keys(runs[0] ?? {})).not.toEqual(expect.arrayContaining(["lines", "metrics", "timing"]));
});

test("a run that Lyceum does not know is left out; many runs have fewer lines and no measurements", async () => {
  const asked: unknown[] = [];
  const client = clientWith({
    record: async (id) =>
      id === "r1" ? { kind: "missing", error: new Error("404") as never } : { kind: "found", value: record },
    machineTypes: refused,
    timing: refused,
    logsTail: async (id, lines) => {
      asked.push([id, lines]);
      return [];
    },
  });
  const ids = Array.from({ length: 11 }, (_, index) => `r${index}`);
  const { runs } = await readReport(client, ids, now, signal);
  expect([runs.length, runs[0]?.cost, asked[0]]).toEqual([10, undefined, ["r0", 20]]);
});

test("if no phases are reported, the times before and after the start are the phases", () => {
  const { timing: _timing, ...run } = reportedRun();
  expect(phasesOf(run, now())).toEqual([
    { name: "queued", seconds: 10 },
    { name: "running", seconds: 90 },
  ]);
  const { startedAt: _start, endedAt: _end, ...queued } = run;
  expect(phasesOf(queued, now())).toEqual([{ name: "queued", seconds: 300 }]);
});
