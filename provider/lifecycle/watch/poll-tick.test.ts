import { type Client, missing, page, refuse, ticking } from "../testing/ticking";
import { createVirtualClock } from "../testing/virtual-clock";
import { nextReadDelay, tickSeconds } from "./poll-tick";

/** Returns what the first tick shows of run a. A call that a test does not define shows no run. */
async function firstTick(calls: Partial<Client>) {
  const made = ticking(["a"], calls);
  await made.tick();
  return { ...made, observation: made.observed.a };
}

/** Sets that no run may be read by its id yet. */
const noneDue = ({ watchers }: ReturnType<typeof ticking>) => {
  for (const watcher of watchers) watcher.nextReadAt = Number.POSITIVE_INFINITY;
};

describe("a run that the list shows", () => {
  test("is not read by its id, and its end time does not count if its status word is not an end", async () => {
    const entry = { executionId: "a", status: "running", returnCode: 0, endedAt: "2026-03-01T12:00:00Z" };
    const { asked, observation, lists } = await firstTick({ listActive: async () => page(entry) });
    expect(asked).toEqual(["list"]);
    const record = { executionId: "a", status: "running" };
    expect(observation).toEqual([{ kind: "status", status: "running", record, isListed: true }]);
    expect(lists).toEqual([[entry]]);
  });

  test("keeps its exit code and end time if its status word is an end", async () => {
    const entry = { executionId: "a", status: "failed", returnCode: 3 };
    const { observation } = await firstTick({ listActive: async () => page(entry) });
    expect(observation).toEqual([{ kind: "status", status: "failed", record: entry, isListed: true }]);
  });

  test("is read if its status word is unknown, and keeps the list's word if the read is refused", async () => {
    const entry = { executionId: "a", status: "thawing" };
    const listActive = async () => page(entry);
    const value = { executionId: "a", status: "running", errors: [] };
    const read = await firstTick({ listActive, record: async () => ({ kind: "found", value }) });
    expect(read.observation).toMatchObject([{ kind: "status", status: "running" }]);
    for (const status of [403, 401]) {
      const refused = await firstTick({ listActive, record: refuse(status), olderStatus: refuse(status) });
      expect(refused.observation).toEqual([{ kind: "status", status: "thawing", record: entry, isListed: true }]);
      expect(refused.failed).toEqual({});
    }
  });

  test("is read at once when the list no longer shows it, and then at the slow rate", async () => {
    let listed = false;
    const { tick, clock, asked, watchers } = ticking(["a"], {
      listActive: async () => (listed ? page({ executionId: "a", status: "running" }) : page()),
    });
    const begunAt = clock.now();
    const readAt: number[] = [];
    for (let second = 0; second < 40; second += 1) {
      asked.length = 0;
      await tick();
      if (asked.includes("record a")) readAt.push(Math.round((clock.now() - begunAt) / 1000));
      await clock.sleep(1);
    }
    expect(readAt).toEqual([0, 1, 3, 7, 15, 30]);
    listed = true;
    await tick();
    expect([...watchers].map(({ reads, nextReadAt }) => [reads, nextReadAt])).toEqual([[0, 0]]);
    listed = false;
    asked.length = 0;
    await tick();
    expect(asked).toContain("record a");
  });
});

test("a run that joins while a list call is under way waits for the next list", async () => {
  const late = ticking(["b"]);
  const made = ticking(["a"], {
    listActive: async () => {
      for (const watcher of late.watchers) made.watchers.add(watcher);
      return page({ executionId: "a", status: "running" });
    },
  });
  await made.tick();
  expect([made.asked, late.observed.b]).toEqual([["list"], []]);
  made.asked.length = 0;
  await made.tick();
  expect(made.asked).toContain("record b");
});

describe("a run that the list does not show", () => {
  const found = { executionId: "a", status: "completed", returnCode: 0 };

  test.each([
    ["404", missing],
    ["403", refuse(403)],
    ["401", refuse(401)],
  ])("and whose reads answer %s is looked up in the history", async (_name, read) => {
    const history = async () => page({ executionId: "b", status: "failed" }, found);
    const { observation } = await firstTick({ record: read, olderStatus: read, history });
    expect(observation).toEqual([{ kind: "status", status: "completed", record: found }]);
  });

  test.each([
    ["404 means missing", missing, {}, { kind: "missing" }],
    ["403 means unlisted after a whole list", refuse(403), {}, { kind: "unlisted", error: { status: 403 } }],
    ["401 too", refuse(401), {}, { kind: "unlisted", error: { status: 401 } }],
    ["403 means nothing after a part of a list", refuse(403), { hasMore: true }, { kind: "unreachable" }],
    ["500 means nothing", refuse(500), {}, { kind: "unreachable", error: { status: 500 } }],
  ])("%s if the history does not show it either", async (_name, read, more, expected) => {
    for (const history of [async () => page(), refuse(500)]) {
      const listActive = async () => ({ ...page(), ...more });
      const { observation, failed } = await firstTick({ listActive, record: read, olderStatus: read, history });
      expect(observation).toMatchObject([expected]);
      expect(failed).toEqual({});
    }
  });

  test("whose record has an exit code but an active status word has not ended if the list is incomplete", async () => {
    const value = { executionId: "a", status: "running", returnCode: 3, endedAt: "2026-03-01T12:00:00Z", errors: [] };
    const record = async () => ({ kind: "found", value }) as const;
    const codeAfter = async (listActive: Client["listActive"]) => {
      const [first] = (await firstTick({ listActive, record })).observation ?? [];
      return first?.kind === "status" && first.record?.returnCode;
    };
    expect(await codeAfter(async () => page())).toBe(3);
    expect(await codeAfter(refuse(403))).toBe(3);
    expect(await codeAfter(async () => ({ ...page(), hasMore: true }))).toBeUndefined();
    expect(await codeAfter(refuse(500))).toBeUndefined();
    expect(await codeAfter(async () => page({ executionId: "a", status: "thawing" }))).toBeUndefined();
  });

  test("the history is read once for all runs", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `run-${index}`);
    const { tick, asked, observed } = ticking(ids);
    await tick();
    expect(asked.filter((call) => call.startsWith("history"))).toEqual(["history 0 to 100"]);
    expect(ids.map((id) => observed[id])).toEqual(ids.map(() => [{ kind: "missing" }]));
  });

  test("at most eight runs are read at once", async () => {
    let now = 0;
    let most = 0;
    const clock = createVirtualClock();
    const record = async () => {
      most = Math.max(most, ++now);
      await clock.sleep(1);
      now -= 1;
      return missing();
    };
    const ids = Array.from({ length: 20 }, (_, index) => `run-${index}`);
    const { tick, observed } = ticking(ids, { record });
    await tick();
    expect(most).toBe(8);
    expect(Object.values(observed).every((of) => of.length === 1)).toBe(true);
  });

  test("if a wait throws an error for an observation, only this wait fails", async () => {
    const { tick, watchers, failed } = ticking(["a", "b"]);
    const [first] = watchers;
    const broken = new Error("broken");
    if (first !== undefined) {
      watchers.delete(first);
      watchers.add({
        ...first,
        see: () => {
          throw broken;
        },
      });
    }
    await tick();
    expect(failed).toEqual({ a: broken });
  });
});

describe("a refused credential", () => {
  test("by the list, the record and the older status fails every wait", async () => {
    const all = { listActive: refuse(401), record: refuse(401), olderStatus: refuse(401) };
    const { tick, failed } = ticking(["a", "b", "c"], all);
    await tick();
    expect(failed).toMatchObject({ a: { status: 401 }, b: { status: 401 }, c: { status: 401 } });
  });

  test("fails every wait even if the list fails for another reason, but not if the list works", async () => {
    const reads = { record: refuse(401), olderStatus: refuse(401) };
    const failing = ticking(["a", "b"], { ...reads, listActive: refuse(500) });
    await failing.tick();
    expect(Object.keys(failing.failed)).toEqual(["a", "b"]);
    const working = ticking(["a", "b"], reads);
    await working.tick();
    expect(working.failed).toEqual({});
  });

  test("by the list alone leads to a single read, though none is due, that shows whether the credential is refused", async () => {
    const list = ticking(["a", "b"], { listActive: refuse(401) });
    noneDue(list);
    await list.tick();
    expect(list.asked.filter((call) => call.startsWith("record"))).toEqual(["record a"]);
    expect(list.failed).toEqual({});
    const all = ticking(["a", "b"], { listActive: refuse(401), record: refuse(401), olderStatus: refuse(401) });
    noneDue(all);
    await all.tick();
    expect(Object.keys(all.failed)).toEqual(["a", "b"]);
  });

  test("by the list causes no additional read if a read is due, and none without a wait", async () => {
    const { tick, asked } = ticking(["a", "b"], { listActive: refuse(401) });
    await tick();
    expect(asked.filter((call) => call.startsWith("record"))).toEqual(["record a", "record b"]);
    const nobody = ticking([], { listActive: refuse(401) });
    await nobody.tick();
    expect(nobody.asked).toEqual(["list"]);
  });

  test("a forbidden list causes no read that is not due", async () => {
    const forbidden = ticking(["a"], { listActive: refuse(403) });
    noneDue(forbidden);
    await forbidden.tick();
    expect(forbidden.asked).toEqual(["list"]);
  });

  test("by list and reads makes a run refused, unless the history shows it", async () => {
    const all = { listActive: refuse(403), record: refuse(403), olderStatus: refuse(403) };
    expect((await firstTick(all)).observation).toMatchObject([{ kind: "refused", error: { status: 403 } }]);
    const run = { executionId: "a", status: "failed", endedAt: "2026-03-01T12:00:00Z" };
    const shown = await firstTick({ ...all, history: async () => page(run) });
    expect(shown.observation).toMatchObject([{ kind: "status", status: "failed" }]);
  });
});

describe("an end without exit code and end time", () => {
  const found = (status: string) => async () =>
    ({ kind: "found", value: { executionId: "a", status, errors: [] } }) as const;
  const listed = (status: string) => async () => page({ executionId: "a", status });

  test("is not reported until a read some seconds later shows an end too", async () => {
    const { tick, observed, clock, asked } = ticking(["a"], { record: found("failed") });
    await tick();
    await tick();
    expect(observed.a).toEqual([]);
    expect(asked.filter((call) => call === "record a")).toHaveLength(1);
    await clock.sleep(3);
    await tick();
    expect(observed.a).toMatchObject([{ kind: "status", status: "failed" }]);
  });

  test("is dropped once the list or a read shows the run as active", async () => {
    const { tick, observed, clock, given } = ticking(["a"], { record: found("failed") });
    await tick();
    given.listActive = listed("running");
    await tick();
    expect(observed.a).toMatchObject([{ status: "running" }]);
    given.listActive = async () => page();
    await tick();
    expect(observed.a).toHaveLength(1);
    given.record = found("running");
    await clock.sleep(3);
    await tick();
    expect(observed.a).toMatchObject([{ status: "running" }, { status: "running" }]);
  });

  test("in the list counts less than the record", async () => {
    const { observation } = await firstTick({ listActive: listed("failed"), record: found("running") });
    expect(observation).toMatchObject([{ status: "running" }]);
  });

  test("in the list counts if it is shown again while the reads are refused", async () => {
    const reads = { record: refuse(403), olderStatus: refuse(403) };
    const { tick, observed, clock } = ticking(["a"], { ...reads, listActive: listed("failed") });
    await tick();
    expect(observed.a).toEqual([]);
    await clock.sleep(3);
    await tick();
    expect(observed.a).toMatchObject([{ status: "failed", isListed: true }]);
  });
});

test.each([
  [0, 0.5],
  [2.9, 0.5],
  [3, 1],
  [14.9, 1],
  [15, 2],
  [59.9, 2],
  [60, 5],
  [1e9, 5],
])("%d s after the youngest wait began, the next list call is %d s away", (age, seconds) => {
  expect(tickSeconds(age)).toBe(seconds);
});

test("reads of a single run come after 1, 2, 4, 8 and from then on 15 s", () => {
  expect([0, 1, 2, 3, 4, 5, 10, 11, 5000].map(nextReadDelay)).toEqual([1, 2, 4, 8, 15, 15, 15, 15, 15]);
});
