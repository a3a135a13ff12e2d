import { LyceumError } from "../../lyceum/errors";
import type { ExecutionPage } from "../../lyceum/port";
import { modelError } from "../testing/model-service";
import { createVirtualClock } from "../testing/virtual-clock";
import { createSharedSnapshot } from "./shared-snapshot";

const HOUR = 3600;
const redirect = () => new LyceumError({ code: "LYC1109", message: "moved", status: 302 });
type Answer = Partial<ExecutionPage> | Error;

/** Makes a snapshot of a list and of pages of the history. */
function snapshotOf({ list = {}, history = [{}] }: { list?: Answer; history?: readonly Answer[] } = {}) {
  const clock = createVirtualClock();
  const asked: string[] = [];
  const answer = (found: Answer): ExecutionPage => {
    if (found instanceof Error) throw found;
    return { executions: [], unreadable: 0, hasMore: false, ...found };
  };
  const client = {
    listActive: async () => {
      asked.push("list");
      return answer(list);
    },
    history: async ({ offset }: { readonly offset: number }) => {
      const pages = asked.filter((call) => call.startsWith("history")).length;
      asked.push(`history ${offset}`);
      return answer(history[Math.min(pages, history.length - 1)] ?? {});
    },
  };
  const shared = createSharedSnapshot(client, clock);
  const read = (options: { notBefore?: number; reachBack?: number } = {}) =>
    shared.read({ notBefore: clock.now(), reachBack: HOUR, ...options });
  /** Makes a run of the history that was created this number of seconds ago. */
  const run = (ago: number) => ({
    executionId: `${ago}`,
    status: "completed",
    createdAt: new Date(clock.now() - ago * 1000).toISOString(),
  });
  return { clock, asked, read, run };
}

/** Makes pages of the history from the ages of their runs in seconds. */
const pages = (...ages: readonly (readonly number[])[]) => {
  const { run } = snapshotOf();
  return ages.map((list) => ({ executions: list.map(run) }));
};
const kindsOf = async (facts: Parameters<typeof snapshotOf>[0]) =>
  (await snapshotOf(facts).read()).gaps.map((gap) => `${gap.kind} ${"call" in gap ? gap.call : ""}`);

test.each<[string, Answer, string[]]>([
  ["its own total", { total: 0 }, []],
  ["a total with entries that cannot be read", { total: 2, unreadable: 2 }, ["unreadable list"]],
  ["a larger total", { total: 1 }, ["more list"]],
  ["further pages", { hasMore: true }, ["more list"]],
  ["a refusal", modelError(403), ["refused list"]],
])("a list with %s", async (_, list, gaps) => expect(await kindsOf({ list })).toEqual(gaps));

test.each<[string, readonly Answer[], number, string[]]>([
  ["an empty page", [{}], 1, []],
  ["its total", pages([1], [2]).map((page) => ({ ...page, total: 2 })), 2, []],
  ["an old entry after newer ones", pages([1, 2, HOUR + 1]), 1, []],
  ["an old entry, whose time may be equal to that of others", pages([1, 1], [2, HOUR + 1]), 2, []],
  ["an entry at the time limit, which is not old", [...pages([1, HOUR]), {}], 2, []],
  ["an old entry before newer ones, at an empty page", [...pages([HOUR + 2, HOUR + 1, HOUR + 2]), {}], 2, []],
  [
    "an old entry before a newer one, which is old too, at an empty page",
    [...pages([1, HOUR + 2, HOUR + 1]), {}],
    2,
    [],
  ],
  ["old entries of one time, at an empty page", [...pages([HOUR + 1, HOUR + 1]), {}], 2, []],
  ["an entry without a time, at an empty page", [{ executions: [{ executionId: "r", status: "failed" }] }, {}], 2, []],
  ["unreadable entries, at an empty page", [{ unreadable: 1, total: 5 }, {}], 2, ["unreadable history"]],
  [
    "a page with as many unreadable entries as others, and an empty page",
    [{ ...pages([1])[0], unreadable: 1, total: 5 }, {}],
    2,
    ["unreadable history"],
  ],
  ["ten pages without an end", pages([1]), 10, ["more history"]],
  [
    "ten pages that announce more than their total",
    [{ ...pages([1])[0], total: 1, hasMore: true }],
    10,
    ["more history"],
  ],
])("a history ends with %s", async (_, history, calls, gaps) => {
  const { read, asked } = snapshotOf({ history });
  expect((await read()).gaps.map((gap) => `${gap.kind} ${"call" in gap ? gap.call : ""}`)).toEqual(gaps);
  expect(asked.filter((call) => call.startsWith("history"))).toHaveLength(calls);
});

test("each page begins after the entries of the pages before it", async () => {
  const { read, asked } = snapshotOf({ history: [{ ...pages([1, 2])[0], unreadable: 3 }, {}] });
  expect((await read()).gaps).toEqual([{ kind: "unreadable", call: "history", count: 3 }]);
  expect(asked).toEqual(["list", "history 0", "history 5"]);
});

test.each([
  ["both refuse the credential", modelError(401), modelError(401), /model 401/],
  ["both are redirected", redirect(), redirect(), /moved/],
  ["a call fails", modelError(500), {}, /model 500/],
])("there is no snapshot if %s", async (_, list, history, message) => {
  await expect(snapshotOf({ list, history: [history] }).read()).rejects.toThrow(message);
});

test.each([
  ["one refuses the credential", modelError(401), {}],
  ["one is redirected", {}, redirect()],
  ["both refuse the call", modelError(403), modelError(403)],
  ["one refuses the credential and the other the call", modelError(403), modelError(401)],
])("there is a snapshot with gaps if %s", async (_, list, history) => {
  expect((await snapshotOf({ list, history: [history] }).read()).gaps).not.toEqual([]);
});

test("callers share a snapshot that is new enough and reaches back far enough, at most one in 2 s", async () => {
  const { read, asked, clock } = snapshotOf();
  const begun = clock.now();
  const snapshots = () => asked.filter((call) => call === "list").length;
  const seconds = () => (clock.now() - begun) / 1000;
  const first = await read();
  expect(await read({ notBefore: begun })).toBe(first);
  expect(await read({ reachBack: 1 })).toBe(first);
  expect([snapshots(), seconds()]).toEqual([1, 0]);
  await read({ reachBack: 2 * HOUR });
  expect([snapshots(), seconds()]).toEqual([2, 2]);
  await clock.sleep(5);
  await read({ notBefore: clock.now() + 1000 });
  expect([snapshots(), seconds()]).toEqual([3, 7]);
  await read({ notBefore: clock.now() + 1000 });
  expect([snapshots(), seconds()]).toEqual([3, 7]);
});

test("a snapshot that fails is not shared later", async () => {
  const facts = { list: modelError(500) as Answer };
  const { read, clock, asked } = snapshotOf(facts);
  const begun = clock.now();
  await expect(read()).rejects.toThrow("model 500");
  await expect(read({ notBefore: begun })).rejects.toThrow("model 500");
  expect(clock.now()).toBe(begun);
  expect(asked.filter((call) => call === "list")).toHaveLength(2);
});

test("a snapshot that fails late does not prevent that a newer one is shared", async () => {
  const clock = createVirtualClock();
  let lists = 0;
  const empty = { executions: [], unreadable: 0, hasMore: false };
  const listActive = async () => {
    if (++lists > 1) return empty;
    await clock.sleep(5);
    throw modelError(500);
  };
  const { read } = createSharedSnapshot({ listActive, history: async () => empty }, clock);
  const failing = read({ notBefore: clock.now(), reachBack: HOUR });
  const later = { notBefore: clock.now() + 1, reachBack: HOUR };
  const newer = await read(later);
  await expect(failing).rejects.toThrow("model 500");
  expect(await read(later)).toBe(newer);
  expect(lists).toBe(2);
});
