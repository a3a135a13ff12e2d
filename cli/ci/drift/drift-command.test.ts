import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { API_PATH } from "../../../provider/lyceum/configuration/base-url";
import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { pathOf } from "../../../provider/lyceum/operations";
import { startServer, type TestServer } from "../../../provider/lyceum/testing/server";
import { automationError } from "../testing/automation";
import { ended, TYPE, urnOf } from "../testing/events";
import { validReport } from "../testing/reports";
import { fakeSession } from "../testing/session";
import { drift } from "./drift";

const BUCKET = "aws:s3/bucket:Bucket";
const RUN = "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90";

let folder = "";
let server: TestServer;
const before = process.env;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-drift-"));
  server = await startServer();
  jest.spyOn(DEFAULT_PORTS, "sleep").mockResolvedValue(undefined);
  process.env = { ...before, HOME: folder, LYCEUM_BASE_URL: server.url, LYCEUM_API_KEY: "lk_for_this_test" };
});
afterEach(async () => {
  process.env = before;
  jest.restoreAllMocks();
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Lyceum's answers about one run with this status. With `undefined`, Lyceum refuses the key. */
function answerWith(status: string | undefined): void {
  const run = {
    execution_id: RUN,
    status,
    file_name: "abcdefghijklmnopqrsta1-job",
    created_at: "2026-03-01T12:00:00Z",
  };
  server.answerWith((response, { url }) => {
    const { pathname } = new URL(url, "http://service");
    const isList = pathname.endsWith(pathOf("listWorkloads"));
    const isHistory = pathname.endsWith(pathOf("getBillingHistory"));
    const body = isList ? [] : isHistory ? { executions: [run], total_executions: 1 } : run;
    response
      .writeHead(status === undefined ? 401 : 200, { "content-type": "application/json" })
      .end(JSON.stringify(status === undefined ? { detail: "no" } : body));
  });
}

const job = {
  urn: urnOf("job"),
  type: TYPE,
  id: RUN,
  inputs: { waitFor: "running" },
  outputs: { executionId: RUN, status: "running", returnCode: null },
};

/** Runs `ci drift` on a stack with one execution. The refresh ends with these events. */
async function drifted(events: readonly ReturnType<typeof ended>[], refresh: "succeeds" | "fails" | "is stopped") {
  const json = join(folder, "data.json");
  const fake = fakeSession(
    {
      deployment: { resources: [{ ...job, outputs: { ...job.outputs, baseUrl: `${server.url}${API_PATH}` } }] },
      previewRefresh: ({ onEvent }) => {
        events.forEach(onEvent);
        if (refresh === "is stopped") fake.stop.abort();
        if (refresh !== "succeeds") throw automationError("CommandError", "code: 255\nstderr: error: no\n");
      },
    },
    { operation: "drift", json },
  );
  const code = await drift(fake.session);
  const data = validReport(readFileSync(json, "utf8"), code);
  const rows = data.drift.map(({ name, kind }) => `${name}: ${kind}`);
  return { code, rows, ran: fake.ran, output: fake.surface.output, complaints: fake.surface.complaints.join("\n") };
}

test.each([
  ["no change", [], "running", 0, ["job: active"], "There is no drift."],
  [
    "what a refresh changes or deletes in other resources",
    [ended("update", "data", BUCKET), ended("delete", "logs", BUCKET), ended("same", "web", BUCKET)],
    "running",
    2,
    ["data: changed outside", "logs: deleted outside", "job: active"],
    "**There is drift.**",
  ],
  [
    "a run that failed, which a refresh also changes",
    [ended("update", "job", TYPE)],
    "failed",
    2,
    ["job: failed"],
    "**There is drift.**",
  ],
])("the drift of a stack: %s", async (_what, events, status, code, rows, headline) => {
  answerWith(status);
  const found = await drifted(events, "succeeds");
  expect(found).toMatchObject({ code, rows, ran: ["previewRefresh", "remove if new"] });
  expect(found.output.join("\n").split("\n\n")).toContain(headline);
});

test("a run that Lyceum does not show is not known, with the reason", async () => {
  answerWith(undefined);
  const found = await drifted([], "succeeds");
  expect(found).toMatchObject({ code: 1, rows: ["job: not known"] });
  expect(found.output.join("\n")).toContain("LYC1101");
});

test.each([
  ["a refresh that fails", "fails", 1, "The refresh failed: the drift is not known."],
  ["a signal during the refresh", "is stopped", 130, ""],
] as const)("after %s, the runs are not read", async (_what, refresh, code, complaints) => {
  answerWith("running");
  expect(await drifted([], refresh)).toMatchObject({ code, ran: ["previewRefresh", "remove if new"], complaints });
  expect(server.received).toEqual([]);
});

test("without a key, the drift is not known", async () => {
  delete process.env.LYCEUM_API_KEY;
  const found = await drifted([], "succeeds");
  expect(found).toMatchObject({ code: 1, rows: [] });
  expect(found.complaints).toMatch(/^LYC\d{4}: /);
});
