import type { ExecutionPage } from "../lyceum/port";
import { listRuns } from "./list-runs";

const page = (ids: readonly string[], rest: Partial<ExecutionPage> = {}): ExecutionPage => ({
  executions: ids.map((executionId) => ({
    executionId,
    status: "running",
    fileName: `abcdefghijklmnopqrsta1-${executionId}`,
  })),
  unreadable: 0,
  hasMore: false,
  ...rest,
});

/** A service with these runs in its history, which notes what it is asked. */
function service(ids: readonly string[], rest: Partial<ExecutionPage> = {}) {
  const asked: object[] = [];
  return {
    asked,
    listActive: async () => page(ids.slice(0, 1), rest),
    history: async (query: { limit: number; offset: number }) => {
      asked.push(query);
      return page(ids.slice(query.offset, query.offset + query.limit), rest);
    },
  };
}

const ids = Array.from({ length: 250 }, (_, index) => `run-${index}`);

test("active runs come from the list, with the label behind the start key", async () => {
  const client = service(ids);
  const { runs, next } = await listRuns(client, { includeEnded: false, limit: 10, offset: 0 });
  expect(runs).toEqual([{ executionId: "run-0", label: "run-0" }]);
  expect(next).toBeUndefined();
  expect(client.asked).toEqual([]);
});

test.each([
  ["a service that counts all runs", { total: 250 }, 3],
  ["a service that does not: a short page is the last", {}, 3],
])("%s: page by page, every run once", async (_, rest, pages) => {
  const client = service(ids, rest);
  const found: string[] = [];
  let offset: number | undefined = 0;
  while (offset !== undefined) {
    const answer = await listRuns(client, { includeEnded: true, limit: Number.POSITIVE_INFINITY, offset });
    found.push(...answer.runs.map(({ executionId }) => executionId));
    offset = answer.next;
  }
  expect(found).toEqual(ids);
  expect(client.asked).toHaveLength(pages);
});

test("no more is asked for than is wanted", async () => {
  const client = service(ids, { total: 250 });
  const { runs, next } = await listRuns(client, { includeEnded: true, limit: 3, offset: 5 });
  expect(runs.map(({ executionId }) => executionId)).toEqual(["run-5", "run-6", "run-7"]);
  expect(client.asked).toEqual([{ limit: 3, offset: 5 }]);
  expect(next).toBe(8);
});

test("an empty page ends the list, whatever the total says", async () => {
  const client = { listActive: async () => page([]), history: async () => page([], { total: 9 }) };
  expect(await listRuns(client, { includeEnded: true, limit: 5, offset: 4 })).toEqual({ runs: [] });
});

test.each([
  [{ unreadable: 2 }, /2 entries without an id/],
  [{ hasMore: true }, /a further page/],
])("what the list may not show is said: %j", async (rest, note) => {
  const answer = await listRuns(service(ids, rest), { includeEnded: false, limit: 5, offset: 0 });
  expect(answer.note).toMatch(note);
});
