import type { ObservedRecord } from "../../../provider/reads";
import { parseRecorded } from "../../../provider/schema";
import { codeOf } from "../report/report";
import { unsettledOperation } from "../stack/pending";
import { executionsIn, hasNotSucceeded } from "../stack/state";
import { stateOf, TYPE, urnOf } from "../testing/events";
import { validReport } from "../testing/reports";
import { driftMarkdown } from "./drift";
import { driftData, driftReport, failedDrift } from "./drift-data";
import { DRIFT, driftOf, sectionOf } from "./drift-kinds";

const ABOUT = { project: "training", stack: "prod" };
/** Returns the exit code of `ci drift`. The report must be valid too. */
const codeOfDrift = (data: ReturnType<typeof driftData>) => {
  const report = driftReport({ operation: "drift", stack: ABOUT.stack, previewOnly: false }, data);
  return codeOf(validReport(JSON.stringify(report)));
};
const observedAs = (outputs: Record<string, unknown>): ObservedRecord => ({
  kind: "observed",
  outputs: parseRecorded(outputs),
});

test.each([
  ["active", observedAs({ status: "running" }), "running"],
  ["active", observedAs({ status: "a word that nobody knows" }), "running"],
  ["ended as expected", observedAs({ status: "completed", returnCode: 0 }), "completed"],
  [
    "ended as expected",
    { kind: "recorded", outputs: parseRecorded({ status: "completed", missing: "forgotten" }) },
    "completed",
  ],
  ["failed", observedAs({ status: "failed", returnCode: 3 }), "running"],
  ["failed", observedAs({ status: "completed", returnCode: 3 }), "running"],
  ["ended at its timeout", observedAs({ status: "timeout", startedAt: "2026-03-01T12:00:00Z" }), "running"],
  ["ended at its timeout", observedAs({ status: "Timeout" }), "accepted"],
  ["failed", observedAs({ status: "timeout" }), "running"],
  ["failed", observedAs({ status: "timeout", startedAt: "2026-03-01T12:00:00Z" }), "completed"],
  ["aborted elsewhere", observedAs({ status: "aborted" }), "running"],
  ["aborted elsewhere", observedAs({ status: "cancelling" }), "running"],
  ["lost", observedAs({ status: "running", missing: "lost" }), "running"],
  ["lost", observedAs({ status: "running", missing: "forgotten" }), "completed"],
  ["forgotten", observedAs({ status: "running", missing: "forgotten" }), "running"],
  ["not known", { kind: "elsewhere" }, "running"],
  ["not known", { kind: "unreadable", reason: "503" }, "running"],
] as const)("%s: %j, awaited %s", (kind, observed, waitFor) => {
  expect(driftOf(observed, { waitFor, outputs: parseRecorded({ status: "pending" }) })).toBe(kind);
});

test("a run that was recorded as running has reached its waitFor, and a secret waitFor counts as awaited", () => {
  const timeout = observedAs({ status: "timeout", returnCode: 137 });
  const running = parseRecorded({ status: "running" });
  expect(driftOf(timeout, { waitFor: "running", outputs: running })).toBe("ended at its timeout");
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
  const waitsOf = (inputs: Record<string, unknown>) =>
    executionsIn({
      resources: [{ urn: urnOf("job"), type: TYPE, id: "run-1", inputs, outputs: { status: "timeout" } }],
    }).executions.map((one) => [one.waitFor, hasNotSucceeded(one)]);
  expect([waitsOf({}), waitsOf({ waitFor: secret }), waitsOf({ waitFor: "accepted" })]).toEqual([
    [["running", false]],
    [["completed", true]],
    [["accepted", false]],
  ]);
});

test.each(["", "run-1"])(
  "the run of a start without a clear answer is that of its outputs, not that of Pulumi's id: %j",
  (executionId) => {
    const outputs = { executionId, status: "unknown", startKey: "k" };
    const [one] = executionsIn({
      resources: [{ urn: urnOf("job"), type: TYPE, id: "unclear-start-k", outputs }],
    }).executions;
    expect(one?.outputs).toMatchObject({ executionId, startKey: "k" });
  },
);

test("the worst row decides the exit code, and the rows of other resources come from the refresh", () => {
  const [job, web] = stateOf("web", "job").executions;
  if (web === undefined || job === undefined) throw new Error("There are two.");
  const active = [web, observedAs({ status: "running" })] as const;
  const bucket = {
    urn: "urn:pulumi:prod::training::aws:s3/bucket:Bucket::data",
    op: "update",
    oldId: "",
    hasFailed: false,
  };
  const of = (pairs: Parameters<typeof driftData>[1], others: Parameters<typeof driftData>[2] = []) => {
    const data = driftData(ABOUT, pairs, others);
    return [data.result, codeOfDrift(data)];
  };
  expect(of([active])).toEqual(["succeeded", 0]);
  expect(of([active], [bucket])).toEqual(["drift", 2]);
  expect(of([active, [job, observedAs({ status: "aborted" })]])).toEqual(["drift", 2]);
  expect(
    of([
      [web, { kind: "unreadable", reason: "503" }],
      [job, observedAs({ status: "aborted" })],
    ]),
  ).toEqual(["failed", 1]);
  expect(new Set(Object.values(DRIFT))).toEqual(new Set(["none", "drift", "error"]));
});

test("the text shows the recorded and the observed status", () => {
  const [job] = stateOf("job").executions;
  if (job === undefined) throw new Error("There is one.");
  expect(driftMarkdown(driftData(ABOUT, [[job, observedAs({ status: "failed", returnCode: 3 })]], []))).toBe(
    `<!-- pulumi-lyceum drift training/prod -->

### Drift of training/prod

**There is drift.**

| what became of it | resource | run | recorded | observed (exit code) |
|---|---|---|---|---|
| drift: failed | job | run-job | running | failed (3) |
`,
  );
});

test("resources that are about to be deleted, and those of other packages, do not count as executions", () => {
  const resources = [
    { urn: urnOf("old"), type: TYPE, id: "run-1", delete: true },
    { urn: "urn:pulumi:prod::p::aws:s3/bucket:Bucket::b", type: "aws:s3/bucket:Bucket", id: "b" },
  ];
  const state = executionsIn({ resources, pending_operations: [{}] });
  expect(state).toMatchObject({ executions: [], pending: [{ operation: "", urn: "", type: "" }] });
  // The run is still in the state.
  expect(state.recorded.map(({ executionId }) => executionId)).toEqual(["run-1"]);
  expect(executionsIn(undefined)).toEqual({
    executions: [],
    pending: [],
    root: undefined,
    recorded: [],
    providers: [],
    scopes: [],
  });
});

test("rows with drift come first, and rows that do not fit are counted", () => {
  const names = Array.from({ length: 1000 }, (_none, at) => `a${at}`);
  const pairs = stateOf(...names, "z").executions.map((one) => {
    const status = one.name === "z" ? "failed" : "running";
    return [one, observedAs({ status })] as const;
  });
  const data = driftData(ABOUT, pairs, []);
  expect(data.rows[0]?.name).toBe("z");
  const text = driftMarkdown(data);
  expect(text).toContain("| drift: failed | z |");
  expect(text).toContain("**No drift**");
  expect(text).toContain("900 further resources, not listed here.");
});

test("after a failed refresh, its last lines are shown", () => {
  const data = failedDrift(ABOUT, ["error: property composeFil is not known"]);
  expect(codeOfDrift(data)).toBe(1);
  expect(driftMarkdown(data)).toContain("```\nerror: property composeFil is not known\n```");
});

const failedRun = (status: string) => ({
  waitFor: "running",
  outputs: parseRecorded({ executionId: "run-1", status, returnCode: status === "failed" ? 3 : undefined }),
});

test.each([
  ["drift", "running", observedAs({ status: "failed", returnCode: 3 })],
  ["known", "failed", { kind: "recorded", outputs: failedRun("failed").outputs }],
  ["known", "failed", observedAs({ status: "failed", returnCode: 4 })],
  ["drift", "failed", observedAs({ status: "aborted" })],
  ["known", "cancelling", observedAs({ status: "cancelled" })],
  ["none", "running", observedAs({ status: "running" })],
  ["error", "failed", { kind: "unreadable", reason: "503" }],
] as const)("%s: recorded as %s, %j", (section, recorded, observed) => {
  expect(sectionOf(observed, failedRun(recorded))).toBe(section);
});

test("a failure that the state records is not drift, and does not hide the next failure", () => {
  const known = { ...failedRun("failed"), name: "old", urn: urnOf("old") };
  const seen = [known, { kind: "recorded", outputs: known.outputs }] as const;
  const data = driftData(ABOUT, [seen], []);
  expect(codeOfDrift(data)).toBe(0);
  expect(driftMarkdown(data)).toContain("There is no drift.\n\n**Known: the state already records this**\n\n|");
  const fresh = { ...failedRun("running"), name: "new", urn: urnOf("new") };
  const both = driftData(ABOUT, [seen, [fresh, observedAs({ status: "failed", returnCode: 3 })]], []);
  expect(codeOfDrift(both)).toBe(2);
  expect(driftMarkdown(both)).toMatch(/\| drift: failed \| new [\s\S]*\*\*Known[\s\S]*\| failed \| old /);
});

test("runs that the state does not have, and pending operations, have separate sections and are not drift", () => {
  const run = { executionId: "run-9", status: "running", isActive: true, label: "job", urn: undefined };
  const { pending } = executionsIn({ pending_operations: [{ type: "creating", resource: { urn: urnOf("job") } }] });
  const left = {
    unrecorded: { runs: [run], gap: "GET /workloads/list has more entries." },
    pending: pending.map((one) => unsettledOperation(one)),
  };
  const data = driftData(ABOUT, [], [], left);
  expect(codeOfDrift(data)).toBe(0);
  const text = driftMarkdown(data);
  expect(text).toContain("| job | run-9 | running | npx pulumi-lyceum abort run-9 |");
  expect(text).toContain("could not be listed: GET /workloads/list has more entries.");
  expect(text).toContain(`* creating ${urnOf("job")}\n\nThe next \`ci apply\` settles them.`);
});
