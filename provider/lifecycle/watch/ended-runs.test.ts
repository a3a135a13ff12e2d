import type { ExecutionSummary } from "../../lyceum/port";
import { page } from "../testing/ticking";
import { createEndedRuns } from "./ended-runs";

const ended = (id: number, more: Partial<ExecutionSummary> = {}): ExecutionSummary => ({
  executionId: `run-${id}`,
  status: "aborted",
  endedAt: "2026-03-01T12:00:00Z",
  ...more,
});

/** Makes a search for the ends of runs, in a history of these runs, newest first. */
function searching(runs: readonly ExecutionSummary[]) {
  const asked: number[] = [];
  const endedRuns = createEndedRuns(async ({ limit, offset }) => {
    asked.push(offset);
    return page(...runs.slice(offset, offset + limit));
  });
  const search = async (...ids: number[]) =>
    [...(await endedRuns(new Set(ids.map((id) => `run-${id}`)))).keys()].map((id) => Number(id.slice(4)));
  return { asked, search };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const FIVE_PAGES = range(0, 500).map((id) => ended(id));

test("500 runs at once need one page for each hundred", async () => {
  const { asked, search } = searching(FIVE_PAGES);
  expect(await search(...range(0, 500))).toHaveLength(500);
  expect(asked).toEqual([0, 100, 200, 300, 400]);
});

test.each([
  ["newest", (group: number) => group],
  ["oldest", (group: number) => 49 - group],
])("groups of ten runs, the %s first, need one page each, and few more", async (_name, groupAt) => {
  const { asked, search } = searching(FIVE_PAGES);
  for (const number of range(0, 50)) {
    const group = groupAt(number);
    expect(await search(...range(group * 10, group * 10 + 10))).toHaveLength(10);
  }
  expect(asked.length).toBeLessThanOrEqual(50 + 15);
});

test("after a page with some of the runs, the page of older runs is read first", async () => {
  const { asked, search } = searching(FIVE_PAGES);
  await search(...range(200, 208));
  await search(...range(300, 308));
  expect(asked).toEqual([0, 100, 200, 200, 300]);
});

test("fewer than eight runs are not looked up in the history", async () => {
  const { asked, search } = searching(FIVE_PAGES);
  expect(await search(...range(0, 7))).toEqual([]);
  expect(asked).toEqual([]);
});

test("a run without an end, or without its time, has not ended; no other page is read for it", async () => {
  const { asked, search } = searching([
    ended(1, { status: "cancelling" }),
    { executionId: "run-2", status: "aborted" },
    ended(3),
    ended(4, { status: "a new word" }),
    ...range(5, 9).map((id) => ended(id, { status: "running" })),
  ]);
  expect(await search(...range(1, 9))).toEqual([3]);
  expect(asked).toEqual([0]);
});

test("a history that shows none of the runs is abandoned after five pages", async () => {
  const { asked, search } = searching(range(1000, 2000).map((id) => ended(id)));
  for (let time = 1; time <= 3; time += 1) expect(await search(...range(1, 9))).toEqual([]);
  expect(asked).toEqual([0, 100, 200, 300, 400]);
});

test("a history that failed is not read again", async () => {
  let asked = 0;
  const endedRuns = createEndedRuns(async () => {
    asked += 1;
    throw new Error("failed");
  });
  for (let time = 1; time <= 2; time += 1) expect((await endedRuns(new Set("abcdefgh"))).size).toBe(0);
  expect(asked).toBe(1);
});
