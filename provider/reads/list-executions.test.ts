import { listExecutions, listRuns } from "./list-executions";
import { clientWith, page } from "./testing/client";

const hour = (index: number) => new Date(Date.UTC(2026, 2, 1, 23) - index * 3_600_000).toISOString();
const runs = Array.from({ length: 250 }, (_, index) => ({
  executionId: `run-${index}`,
  status: index % 2 === 0 ? "completed" : "Failed",
  fileName: `abcdefghijklmnopqrsta1-job-${index % 5}`,
  createdAt: hour(index),
}));

/** A client with these runs in its history. `history` counts the requests. */
function history(all = runs, rest: { readonly total?: number } = {}) {
  const asked: number[] = [];
  const client = clientWith({
    history: async ({ limit, offset }) => {
      asked.push(offset);
      return page(all.slice(offset, offset + limit), rest);
    },
  });
  return { client, asked };
}

const ids = (found: { readonly executions: readonly { readonly executionId: string }[] }) =>
  found.executions.map(({ executionId }) => executionId);

test("without arguments the active runs are listed, with their labels", async () => {
  const client = clientWith({ listActive: async () => page(runs.slice(0, 2)) });
  const found = await listExecutions(client, {});
  expect(found).toMatchObject({ complete: true, executions: [{ executionId: "run-0", label: "job-0" }, {}] });
});

test.each([
  ["an entry cannot be read", { unreadable: 1 }],
  ["the answer points to a further page", { hasMore: true }],
])("the list is incomplete if %s", async (_, rest) => {
  const client = clientWith({ listActive: async () => page(runs.slice(0, 2), rest) });
  await expect(listExecutions(client, {})).resolves.toMatchObject({ complete: false, executions: [{}, {}] });
});

test.each([{ total: 250 }, {}])("the history is read page by page until there is no more: %j", async (rest) => {
  const { client, asked } = history(runs, rest);
  const found = await listExecutions(client, { state: "all", limit: 2000 });
  expect([ids(found), found.complete]).toEqual([runs.map(({ executionId }) => executionId), true]);
  expect(asked).toEqual([0, 100, 200]);
});

test("no further page is read once there are enough runs, and the list is reported as incomplete", async () => {
  const { client, asked } = history();
  const found = await listExecutions(client, { state: "all", limit: 3 });
  expect([ids(found), found.complete]).toEqual([["run-0", "run-1", "run-2"], false]);
  expect(asked).toEqual([0]);
});

test("a list of exactly the requested number is complete", async () => {
  const { client } = history(runs.slice(0, 3));
  await expect(listExecutions(client, { state: "all", limit: 3 })).resolves.toMatchObject({ complete: true });
});

test("runs are selected by status in any case, by a part of the label, and by time", async () => {
  const { client } = history();
  const failed = await listExecutions(client, { state: "all", status: "FAILED", fileName: "job-3", limit: 2000 });
  expect(ids(failed).slice(0, 2)).toEqual(["run-3", "run-13"]);
  const since = await listExecutions(client, { state: "all", since: hour(1) });
  expect(ids(since)).toEqual(["run-0", "run-1"]);
});

test("a run without a known time is listed for any requested time", async () => {
  const client = clientWith({ listActive: async () => page([{ executionId: "run-1", status: "running" }]) });
  await expect(listExecutions(client, { since: hour(0) })).resolves.toMatchObject({ executions: [{ label: "" }] });
});

test("a service that ignores the offset gets two requests, and each run is listed once", async () => {
  let asked = 0;
  const client = clientWith({
    history: async () => {
      asked += 1;
      return page(runs.slice(0, 100));
    },
  });
  const found = await listExecutions(client, { state: "all", limit: 2000 });
  expect([found.executions.length, asked]).toEqual([100, 2]);
});

test("a history without end is abandoned", async () => {
  let asked = 0;
  const client = clientWith({
    history: async ({ limit, offset }) => {
      asked += 1;
      return page(
        Array.from({ length: limit }, (_, index) => ({ executionId: `run-${offset + index}`, status: "failed" })),
      );
    },
  });
  const found = await listExecutions(client, { state: "all", status: "running" });
  expect([found, asked]).toEqual([{ executions: [], complete: false }, 20]);
});

describe("list runs", () => {
  const ended = { includeEnded: true, limit: Number.POSITIVE_INFINITY };

  test("active runs come from the list, with the label after the start key", async () => {
    const client = clientWith({ listActive: async () => page(runs.slice(0, 2)) });
    expect(await listRuns(client, { includeEnded: false, limit: 1, offset: 0 })).toEqual({
      runs: [{ executionId: "run-0", label: "job-0" }],
    });
  });

  test.each([
    ["a service that counts all runs", { total: 250 }],
    ["a service that does not: a short page is the last", {}],
  ])("%s: every run is listed once, page by page", async (_, rest) => {
    const { client, asked } = history(runs, rest);
    const found: string[] = [];
    let offset: number | undefined = 0;
    while (offset !== undefined) {
      const answer = await listRuns(client, { ...ended, offset });
      found.push(...answer.runs.map(({ executionId }) => executionId));
      offset = answer.next;
    }
    expect(found).toEqual(runs.map(({ executionId }) => executionId));
    expect(asked).toEqual([0, 100, 200]);
  });

  test("no more runs are requested than needed", async () => {
    const { client } = history(runs, { total: 250 });
    const { runs: found, next } = await listRuns(client, { includeEnded: true, limit: 3, offset: 5 });
    expect([found.map(({ executionId }) => executionId), next]).toEqual([["run-5", "run-6", "run-7"], 8]);
  });

  test("an empty page ends the list, for any total", async () => {
    expect(await listRuns(history([], { total: 9 }).client, { ...ended, offset: 4 })).toEqual({ runs: [] });
  });

  test.each([
    [{ unreadable: 2 }, /2 entries without an id/],
    [{ hasMore: true }, /a further page/],
  ])("a note reports what the list may lack: %j", async (rest, note) => {
    const client = clientWith({ listActive: async () => page(runs, rest) });
    expect((await listRuns(client, { includeEnded: false, limit: 5, offset: 0 })).note).toMatch(note);
  });
});
