import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deviation, HttpAnswer } from "../../hosts/dynamic/testing/http-service";
import { ASSUMPTIONS } from "./assumptions";
import { type Deviations, findingsOf, prepare } from "./testing/probed";

const status =
  (code: number): Deviation =>
  () => ({ status: code, body: JSON.stringify({ detail: "canary text of the service" }) });

const instead =
  (body: unknown): Deviation =>
  () => ({ status: 200, body: JSON.stringify(body) });

/** Sets fields in each object of a successful answer. */
const set =
  (fields: Record<string, unknown>): Deviation =>
  (answer) =>
    answer.status === 200 ? { ...answer, body: JSON.stringify(withFields(JSON.parse(answer.body), fields)) } : answer;

function withFields(json: unknown, fields: Record<string, unknown>): unknown {
  if (Array.isArray(json)) return json.map((entry) => withFields(entry, fields));
  if (typeof json !== "object" || json === null) return json;
  const changed = Object.entries(json).map(([key, value]) => [key, withFields(value, fields)]);
  return { ...Object.fromEntries(changed), ...fields };
}

/** Sets fields in the answers about an ended run. */
const setEnded =
  (fields: Record<string, unknown>): Deviation =>
  (answer) =>
    answer.body.includes("end_time") ? set(fields)(answer) : answer;

const in404 =
  (code: number): Deviation =>
  (answer) => ({ ...answer, status: answer.status === 404 ? code : answer.status });

const reversed: Deviation = (answer: HttpAnswer) => {
  const page = JSON.parse(answer.body);
  return { ...answer, body: JSON.stringify({ ...page, executions: page.executions.reverse() }) };
};

test("a service that follows the contract confirms every assumption, and no run is left active", async () => {
  const { probe, active, starts } = prepare();
  const walked = await probe();
  expect([...findingsOf(walked)].filter(([, { result }]) => result !== "confirmed")).toEqual([]);
  expect(walked).toMatchObject({ interrupted: false, answers: { run: { ended: true } } });
  expect(walked.lostRun).toBeUndefined();
  expect([walked.cleanedUp, active(), starts()]).toEqual([undefined, 0, 1]);
});

/** For each assumption: an emulated API for which the assumption is wrong, and what the report shows in this case. */
const BROKEN: readonly (readonly [id: string, deviations: Deviations, result: string, shown: string])[] = [
  ["machines.name", { listMachineTypes: set({ hardware_profile: "c1" }) }, "different", "cpu is not on the list"],
  ["machines.name", { listMachineTypes: status(404) }, "refused", "answered 404"],
  [
    "start.answers",
    { startComposeExecution: () => ({ status: 204, body: "" }) },
    "refused",
    "answered 204 in a shape that is not known",
  ],
  ["list.active", { listWorkloads: instead([]) }, "different", "the run is not on it"],
  ["list.active", { listWorkloads: status(422) }, "refused", "answered 422"],
  ["list.file-name", { listWorkloads: set({ file_name: null }) }, "different", "there is no file name"],
  ["history.ended", { getBillingHistory: instead({ executions: [] }) }, "different", "the run is not on it"],
  [
    "history.file-name",
    { getBillingHistory: set({ file_name: "x" }) },
    "different",
    "it is another file name than the one sent",
  ],
  ["history.order", { getBillingHistory: reversed }, "different", "an older run comes before a newer one"],
  [
    "status.words",
    { startComposeExecution: set({ status: "begun" }) },
    "different",
    '"begun" in POST /execution/compose/start',
  ],
  ["status.words", { listWorkloads: set({ status: "x" }) }, "different", '"x" in GET /workloads/list'],
  [
    "status.words",
    { getExecution: set({ status: undefined }) },
    "different",
    "there is no status in GET /execution/{id}",
  ],
  ["record.answers", { getExecution: status(403) }, "refused", "answered 403"],
  ["record.unknown", { getExecution: in404(400) }, "refused", "answered 400"],
  ["record.created-at", { getExecution: set({ created_at: null }) }, "different", "there is no such time"],
  [
    "record.created-at",
    { getExecution: set({ created_at: "2026-03-01T14:00:00Z" }) },
    "different",
    "it is 120 minutes away from the clock of this machine",
  ],
  [
    "record.end",
    { getExecution: setEnded({ end_time: undefined, return_code: undefined }) },
    "different",
    "it has neither",
  ],
  ["abort.unknown", { abortWorkload: in404(200) }, "different", "answered with success"],
  ["abort.answers", { abortWorkload: status(405) }, "refused", "answered 405"],
  ["abort.ends", { getExecution: setEnded({ status: "failed" }) }, "different", 'its status is "failed"'],
  [
    "mount.service",
    { getExecutionLogs: instead({ logs: [{ message: "the bucket is not there" }] }) },
    "different",
    "it does not, and it cannot mount it",
  ],
  ["output.exit", { getExecutionLogs: instead({ logs: [{ message: "marker-1" }] }) }, "different", "no line shows it"],
  ["output.lines", { getExecutionLogs: instead({ logs: [] }) }, "different", "they contain no line"],
  ["delete-record.answers", { deleteExecutionRecord: status(405) }, "refused", "answered 405"],
];

test.each(BROKEN)("a service that breaks %s is reported", async (id, deviations, result, shown) => {
  const found = findingsOf(await prepare(deviations).probe());
  expect(found.get(id)).toEqual({ result, shown });
  expect(JSON.stringify([...found.values()])).not.toContain("canary");
});

test("each assumption has a service that breaks it, and an answer that decides nothing counts as not tried", async () => {
  expect(new Set(BROKEN.map(([id]) => id))).toEqual(new Set(ASSUMPTIONS.map(({ id }) => id)));
  const found = findingsOf(await prepare({ listWorkloads: status(500) }).probe());
  expect(found.get("list.active")).toMatchObject({ result: "not tried" });
});

test("without a run, the lists decide nothing", async () => {
  const found = findingsOf(await prepare({ startComposeExecution: status(402) }).probe());
  for (const id of ["list.active", "history.ended"])
    expect(found.get(id)).toEqual({ result: "not tried", why: "no run was started" });
});

/** The start makes a run, but the answer to the start is lost. */
function loseStart({ service }: ReturnType<typeof prepare>): void {
  service.behaviour.starts = [{ commit: true, outcome: (error) => ({ kind: "unknown", error }) }];
}

test("a start whose answer is lost is never sent again; the probe finds its run by file name and ends it", async () => {
  const prepared = prepare();
  loseStart(prepared);
  const { answers, lostRun } = await prepared.probe();
  expect([answers.run, lostRun]).toEqual([expect.objectContaining({ id: "run-2", ended: true }), undefined]);
  expect([prepared.active(), prepared.starts()]).toEqual([0, 1]);
});

test("a start whose run is in no list is reported as perhaps started", async () => {
  const prepared = prepare({ listWorkloads: status(403), getBillingHistory: status(403) });
  loseStart(prepared);
  expect(await prepared.probe()).toMatchObject({ lostRun: "probe-1", answers: { run: { ended: false } } });
});

test.each(["getExecution", "listWorkloads", "abortWorkload"] as const)(
  "stopped at %s, it aborts its run and asks nothing more",
  async (operation) => {
    const { http, stop, probe, active, starts } = prepare();
    http.deviate(operation, (answer) => {
      if (starts() > 0) stop.abort();
      return answer;
    });
    const { interrupted, cleanedUp } = await probe();
    expect([interrupted, cleanedUp?.id, active()]).toEqual([true, "run-2", 0]);
    expect(http.requests.at(-1)).toBe("abortWorkload run-2");
  },
);

test("the run is aborted only after it runs", async () => {
  const { service, probe } = prepare();
  service.behaviour.script = [{ after: 40, status: "running" }];
  await probe();
  const run = service.runs[1];
  expect(((run?.abortedAt ?? 0) - (run?.createdAt ?? 0)) / 1000).toBeGreaterThanOrEqual(40);
});

test("the history shows what became of the run if no other call does", async () => {
  const { service, probe } = prepare({ getExecution: status(404), getStreamingStatus: status(404) });
  service.behaviour.script = [{ after: 1, status: "running" }];
  expect(await probe()).toMatchObject({ answers: { run: { ended: true }, abort: { kind: "value" } } });
});

test("history and output may show the ended run late", async () => {
  const { service, http, probe } = prepare();
  service.behaviour.output = [];
  let histories = 0;
  http.deviate("getBillingHistory", (answer) => {
    histories += 1;
    const page = JSON.parse(answer.body);
    const executions = page.executions.filter((run: { file_name: string }) => run.file_name === "older");
    return histories > 1 ? answer : { ...answer, body: JSON.stringify({ ...page, executions }) };
  });
  http.deviate("getExecutionLogs", (answer) => {
    service.behaviour.output = ["a line"];
    return answer;
  });
  const findings = findingsOf(await probe());
  expect(["history.ended", "output.lines"].map((id) => findings.get(id)?.result)).toEqual(["confirmed", "confirmed"]);
});

test("a probe that is stopped before the start starts nothing", async () => {
  const { stop, probe, starts } = prepare();
  stop.abort();
  expect(await probe()).toMatchObject({ interrupted: true });
  expect(starts()).toBe(0);
});

test("an abort that is not accepted is reported with the run", async () => {
  const { service, probe } = prepare({ abortWorkload: status(405) });
  service.behaviour.script = [{ after: 1, status: "running" }];
  service.behaviour.abortWorks = false;
  expect((await probe()).cleanedUp).toEqual({ kind: "left", id: "run-2" });
});

test("the page about the probe shows the table", () => {
  const page = readFileSync(join(__dirname, "../../../docs/contributing/probe.md"), "utf8");
  const lines = ASSUMPTIONS.map(
    ({ id, certainty, statement, otherwise }) => `| \`${id}\` | ${certainty} | ${statement} | ${otherwise} |`,
  );
  const table = ["| id | sure | assumption | if the assumption is wrong |", "|---|---|---|---|", ...lines].join("\n");
  expect(page).toContain(`<!-- table: ASSUMPTIONS -->\n${table}\n<!-- end -->`);
});
