import { formatFileName, resourcePart, scopePart } from "../lifecycle/run/identity/start-key";
import type { OnDelete } from "../lifecycle/run/inputs";
import type { ExecutionPage, ExecutionSummary } from "../lyceum/port";
import { parseRecorded } from "../schema";
import { type Creator, unrecordedRuns } from "./stack-runs";

const SCOPE = "the-secret-of-the-stack";
const urnOf = (name: string) => `urn:pulumi:dev::p::lyceum:index:ComposeExecution::${name}`;
const clock = { now: () => 1_000_000, sleep: async () => undefined };
const page = (executions: readonly ExecutionSummary[], more: Partial<ExecutionPage> = {}): ExecutionPage => ({
  executions,
  unreadable: 0,
  hasMore: false,
  ...more,
});

/** A run of a stack, started for one of its resources. */
function run(
  id: string,
  name: string,
  more: Partial<ExecutionSummary> = {},
  scope = SCOPE,
  onDelete: OnDelete = "abort",
) {
  const key = { scope: scopePart(scope), resource: resourcePart(scope, urnOf(name)), inputs: "abcdefg" };
  const fileName = formatFileName({ ...key, attempt: 1, onDelete, tag: "tag1" }, name);
  return { executionId: id, status: "running", fileName, ...more };
}
const left = (id: string, name: string) => run(id, name, {}, SCOPE, "leave");
const ended = { status: "completed", endedAt: "2026-03-01T12:00:00Z" };

/** Returns the unrecorded runs of a stack in which the create of `job` was interrupted. */
function foundIn(
  active: ExecutionPage | Error,
  history: ExecutionPage = page([], { total: 0 }),
  recorded: object[] = [],
  creators: readonly Creator[] = [],
  environment: Record<string, string> = {},
) {
  const client = {
    baseUrl: "https://api.example.com/api/v2/external",
    listActive: async () => {
      if (active instanceof Error) throw active;
      return active;
    },
    history: async () => history,
  };
  const outputs = recorded.map((one) => parseRecorded({ baseUrl: client.baseUrl, ...one }));
  const stack = { scopes: [SCOPE], recorded: outputs, interrupted: [urnOf("job")], creators };
  return unrecordedRuns(client, clock, stack, environment);
}

test("runs of the stack that the state does not have are found by their keys, and no others", async () => {
  const recorded = run("run-web", "web");
  const found = await foundIn(
    page([
      recorded,
      run("run-job", "job"),
      run("run-old", "old"),
      run("stopping", "old", { status: "cancelling" }),
      left("left", "old"),
      run("other-stack", "job", {}, "another secret"),
      { executionId: "somebody", status: "running", fileName: "job" },
    ]),
    undefined,
    [{ executionId: "run-web", startKey: recorded.fileName }],
  );
  expect(found.gap).toBeUndefined();
  expect(found.runs).toEqual([
    { executionId: "run-job", status: "running", isActive: true, label: "job", urn: urnOf("job") },
    { executionId: "run-old", status: "running", isActive: true, label: "old", urn: undefined },
  ]);
});

test("an interrupted create has its run even with onDelete: leave", async () => {
  const { runs } = await foundIn(page([left("run-job", "job")]));
  expect(runs).toMatchObject([{ executionId: "run-job", urn: urnOf("job") }]);
});

test("without an active run, the newest ended run of an interrupted create is found", async () => {
  const history = [
    run("older", "job", { ...ended, createdAt: "2026-02-01T12:00:00Z" }),
    run("newer", "job", { ...ended, createdAt: "2026-03-01T11:00:00Z" }),
    run("other", "old", ended),
  ];
  const { runs } = await foundIn(page([]), page(history, { total: 3 }));
  expect(runs).toMatchObject([{ executionId: "newer", isActive: false, status: "completed" }]);
  const { runs: active } = await foundIn(page([run("now", "job")]), page(history, { total: 3 }));
  expect(active.map(({ executionId }) => executionId)).toEqual(["now"]);
});

test.each([
  [
    "the service cannot be reached",
    new Error("connect ECONNREFUSED"),
    /^The runs cannot be listed: connect ECONNREFUSED$/,
  ],
  ["an entry cannot be read", page([], { unreadable: 1 }), /that cannot be parsed/],
  ["there are further pages", page([], { hasMore: true }), /has more entries/],
  ["no file names are shown", page([{ executionId: "x", status: "running" }]), /does not show file names/],
])("active runs may be missing if %s", async (_, active, gap) => {
  expect((await foundIn(active)).gap).toMatch(gap);
});

test("a gap of the history hides only ended runs, and another target nothing at all", async () => {
  expect((await foundIn(page([]), page([], { unreadable: 1, total: 1 }))).gap).toBeUndefined();
  const elsewhere = await foundIn(page([run("run-job", "job")]), undefined, [
    { executionId: "run-web", baseUrl: "https://other.example.com" },
  ]);
  expect(elsewhere).toMatchObject({ runs: [], gap: expect.stringContaining("another base URL") });
});

test.each<[string, Partial<Creator>, Record<string, string>, RegExp | undefined]>([
  ["the default one", {}, {}, undefined],
  ["that of a version", { name: "default_0_1_0" }, {}, undefined],
  ["one of the program", { name: "eu" }, {}, /the provider "eu"\. Its runs cannot be listed here/],
  ["one of the program with a similar name", { name: "default-eu" }, {}, /Its runs cannot be listed here/],
  ["one that was replaced", { isReplaced: true }, {}, /which has been replaced since/],
  ["one with the same base URL", { settings: { baseUrl: "https://api.example.com/" } }, {}, undefined],
  ["one with another base URL", { settings: { baseUrl: "https://eu.example.com" } }, {}, /has another base URL/],
  ["one whose base URL is that of the environment", {}, { LYCEUM_BASE_URL: "https://api.example.com" }, undefined],
])("runs may be missing, depending on the provider of the create: %s", async (_, more, environment, gap) => {
  const creator = { name: "default", isReplaced: false, settings: {}, ...more };
  const found = await foundIn(page([run("run-job", "job")]), undefined, [], [creator], environment);
  expect(found.runs).toMatchObject([{ executionId: "run-job" }]);
  if (gap === undefined) expect(found.gap).toBeUndefined();
  else expect(found.gap).toMatch(gap);
});
