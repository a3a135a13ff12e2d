import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ASSUMPTIONS, evaluateAnswers, needsAttention } from "./table";
import { type Deviation, type Deviations, FakeService } from "./testing/service";

async function findings(deviations: Deviations = {}, endsBy: "abort" | "itself" = "abort") {
  const walked = await new FakeService(deviations).walk({ endsBy });
  return new Map(evaluateAnswers(walked.answers).map(({ assumption, finding }) => [assumption.id, finding]));
}

const status =
  (code: number): Deviation =>
  () => ({ status: code, json: { detail: "canary text of the service" } });
/** Changes each object of a successful answer. */
const each =
  (change: (entry: Record<string, unknown>) => Record<string, unknown>): Deviation =>
  (answer) => ({ ...answer, json: answer.status === 200 ? rewrite(answer.json, change) : answer.json });
function rewrite(json: unknown, change: (entry: Record<string, unknown>) => Record<string, unknown>): unknown {
  if (Array.isArray(json)) return json.map((entry) => rewrite(entry, change));
  if (typeof json !== "object" || json === null) return json;
  return change(Object.fromEntries(Object.entries(json).map(([key, value]) => [key, rewrite(value, change)])));
}
const set = (fields: Record<string, unknown>) => each((entry) => ({ ...entry, ...fields }));

test.each(["abort", "itself"] as const)(
  "a service as the contract has it confirms all; the run ends by %s",
  async (endsBy) => {
    const open = [...(await findings({}, endsBy))].filter(([, { result }]) => result !== "confirmed");
    expect(open.map(([id, finding]) => [id, finding])).toEqual(
      (endsBy === "abort" ? ["end.completed"] : ["abort.answers", "abort.ends"]).map((id) => [
        id,
        { result: "not tried", why: expect.stringContaining("--no-abort"), chosen: true },
      ]),
    );
  },
);

/** For each assumption a service that breaks it, and what is shown of that. */
const BROKEN: readonly (readonly [id: string, deviations: Deviations, result: string, shown: string])[] = [
  ["account.answers", { getUserStatus: status(403) }, "refused", "answered 403"],
  ["machines.answers", { listMachineTypes: status(404) }, "refused", "answered 404"],
  ["machines.name", { listMachineTypes: set({ hardware_profile: "c1" }) }, "different", "cpu is not on the list"],
  ["hardware.answers", { getAvailableHardware: status(501) }, "refused", "answered 501"],
  [
    "start.invalid",
    { startComposeExecution: (answer) => ({ ...answer, status: answer.status === 422 ? 400 : 200 }) },
    "different",
    "answered 400",
  ],
  [
    "start.answers",
    { startComposeExecution: () => ({ status: 204, json: undefined }) },
    "refused",
    "answered 204 in a shape that is not known",
  ],
  ["list.answers", { listWorkloads: status(422) }, "refused", "answered 422"],
  ["list.active", { listWorkloads: () => ({ status: 200, json: [] }) }, "different", "the run is not on it"],
  ["list.file-name", { listWorkloads: set({ file_name: null }) }, "different", "there is no file name"],
  [
    "list.ended",
    { listWorkloads: () => ({ status: 200, json: [{ execution_id: "run-1", status: "completed" }] }) },
    "different",
    "the ended run is still on it",
  ],
  ["history.answers", { getBillingHistory: status(403) }, "refused", "answered 403"],
  ["history.ended", { getBillingHistory: set({ executions: [] }) }, "different", "the run is not on it"],
  [
    "history.file-name",
    { getBillingHistory: set({ file_name: "x" }) },
    "different",
    "it is another file name than the one sent",
  ],
  [
    "history.order",
    {
      getBillingHistory: each((entry) =>
        Array.isArray(entry.executions) ? { ...entry, executions: [...entry.executions].reverse() } : entry,
      ),
    },
    "different",
    "an older run stands before a newer one",
  ],
  [
    "history.pages",
    {
      getBillingHistory: (answer) => ({
        ...answer,
        json: { executions: [{ execution_id: "run-1", status: "aborted" }] },
      }),
    },
    "different",
    "`offset` does not move the page",
  ],
  [
    "status.words",
    { startComposeExecution: set({ status: "begun" }) },
    "different",
    '"begun" in POST /execution/compose/start',
  ],
  ["status.words", { listWorkloads: set({ status: "x" }) }, "different", '"x" in GET /workloads/list'],
  [
    "status.words",
    { getStreamingStatus: set({ status: "x" }) },
    "different",
    '"x" in GET /execution/streaming/{id}/status',
  ],
  [
    "status.words",
    { getExecution: set({ status: undefined }) },
    "different",
    "there is no status in GET /execution/{id}",
  ],
  ["record.answers", { getExecution: status(403) }, "refused", "answered 403"],
  [
    "record.unknown",
    { getExecution: (answer) => ({ ...answer, status: answer.status === 404 ? 400 : 200 }) },
    "different",
    "answered 400",
  ],
  ["record.created-at", { getExecution: set({ created_at: null }) }, "different", "there is no such time"],
  [
    "record.created-at",
    { getExecution: set({ created_at: "2030-01-01T02:00:00Z" }) },
    "different",
    "it is 120 minutes away from the clock of this machine",
  ],
  ["older-status.answers", { getStreamingStatus: status(410) }, "refused", "answered 410"],
  ["abort.unknown", { abortWorkload: (answer) => ({ ...answer, status: 200 }) }, "different", "answered with success"],
  ["abort.answers", { abortWorkload: status(405) }, "refused", "answered 405"],
  [
    "abort.ends",
    {
      getExecution: (answer, _, ended) =>
        ended ? { ...answer, json: { ...(answer.json as object), status: "failed" } } : answer,
    },
    "different",
    'its status is "failed"',
  ],
  ["record.end-time", { getExecution: set({ end_time: null }) }, "different", "there is no such time"],
  [
    "logs.answers",
    { getExecutionLogs: () => ({ status: 200, json: "no" }) },
    "refused",
    "answered 200 in a shape that is not known",
  ],
  ["logs.lines", { getExecutionLogs: set({ logs: [] }) }, "different", "they hold no line"],
  ["timing.answers", { getExecutionTiming: status(404) }, "refused", "answered 404"],
  ["delete-record.answers", { deleteExecutionRecord: status(405) }, "refused", "answered 405"],
];

test.each(BROKEN)("%s", async (id, deviations, result, shown) => {
  const found = await findings(deviations);
  expect(found.get(id)).toEqual({ result, shown });
  expect(JSON.stringify([...found.values()])).not.toContain("canary");
});

test.each<[id: string, field: object, shown: string]>([
  ["end.completed", { status: "failed" }, 'its status is "failed"'],
  ["record.exit-code", { return_code: null }, "there is no exit code"],
])("how a run ends is looked at where it is not aborted: %s", async (id, field, shown) => {
  const ends: Deviation = (answer, _, ended) => ({
    ...answer,
    json: { ...(answer.json as object), ...(ended ? field : {}) },
  });
  expect((await findings({ getExecution: ends }, "itself")).get(id)).toEqual({ result: "different", shown });
});

test("every assumption is broken by one of these services", () => {
  const broken = new Set([...BROKEN.map(([id]) => id), "end.completed", "record.exit-code"]);
  expect(ASSUMPTIONS.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  expect(new Set(ASSUMPTIONS.map(({ id }) => id)).size).toBe(ASSUMPTIONS.length);
});

test("an answer that decides nothing is not tried, and needs attention", async () => {
  const walked = await new FakeService({ listWorkloads: () => undefined }).walk();
  const list = evaluateAnswers(walked.answers).find(({ assumption }) => assumption.id === "list.answers");
  expect(list?.finding).toMatchObject({ result: "not tried", chosen: false });
  expect(list !== undefined && needsAttention(list)).toBe(true);
});

test("the page about the probe shows the table", () => {
  const page = readFileSync(join(__dirname, "../../../docs/contributing/probe.md"), "utf8");
  const lines = ASSUMPTIONS.map(
    ({ id, certainty, statement, otherwise }) => `| \`${id}\` | ${certainty} | ${statement} | ${otherwise} |`,
  );
  const table = ["| id | sure | assumption | where it is otherwise |", "|---|---|---|---|", ...lines].join("\n");
  expect(page).toContain(`<!-- table: ASSUMPTIONS -->\n${table}\n<!-- end -->`);
});
