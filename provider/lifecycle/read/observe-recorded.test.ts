import type { ExecutionRecord, ExecutionSummary, Lookup, LyceumPort } from "../../lyceum/port";
import { parseRecorded } from "../../schema";
import { modelError } from "../testing/model-service";
import { observeRecorded } from "./observe-recorded";

const BASE = "https://lyceum.example";
const NOW = Date.parse("2026-03-01T12:00:30Z");
const recorded = (executionId: string) =>
  parseRecorded({ executionId, status: "running", baseUrl: BASE, createdAt: "2026-03-01T12:00:00Z", timeout: 60 });

/** Makes a service that answers each check with the next of these lists and records. */
function service(lists: readonly (readonly ExecutionSummary[])[], records: Record<string, (ExecutionRecord | 404)[]>) {
  const asked: string[] = [];
  let listed = 0;
  const client: Pick<LyceumPort, "record" | "olderStatus" | "listActive" | "baseUrl"> = {
    baseUrl: BASE,
    listActive: async () => {
      const executions = lists[Math.min(listed, lists.length - 1)] ?? [];
      listed += 1;
      return { executions, unreadable: 0, hasMore: false };
    },
    record: async (id): Promise<Lookup<ExecutionRecord>> => {
      asked.push(id);
      const answer = records[id]?.shift() ?? 404;
      return answer === 404 ? { kind: "missing", error: new Error("404") as never } : { kind: "found", value: answer };
    },
    olderStatus: async () => ({ kind: "missing", error: new Error("404") as never }),
  };
  const slept: number[] = [];
  const observe = (...ids: readonly string[]) =>
    observeRecorded(client, ids.map(recorded), {
      now: NOW,
      sleep: async (seconds) => {
        slept.push(seconds);
      },
    });
  return { client, observe, asked, slept };
}

const record = (rest: Partial<ExecutionRecord>) => ({ status: "completed", ...rest }) as ExecutionRecord;
const entry = (executionId: string, status: string) => ({ executionId, status }) as ExecutionSummary;

test("the list shows an active run; the record has the exit code of an ended run", async () => {
  const { observe, asked, slept } = service([[entry("a", "running"), entry("b", "completed")]], {
    b: [record({ returnCode: 3 })],
  });
  expect(await observe("a", "b")).toMatchObject([
    { kind: "observed", outputs: { status: "running" } },
    { kind: "observed", outputs: { status: "completed", returnCode: 3 } },
  ]);
  expect([asked, slept]).toEqual([["b"], []]);
});

test("the status word of the list counts if the record of an ended run is gone", async () => {
  const { observe } = service([[entry("b", "failed")]], {});
  expect(await observe("b")).toMatchObject([{ outputs: { status: "failed" } }]);
});

test("a run that no call shows is looked up again before it counts as lost", async () => {
  const { observe, asked, slept } = service([[entry("a", "running")], [entry("late", "running")]], {
    back: [404, record({ status: "failed", returnCode: 1 })],
  });
  const observed = await observe("a", "gone", "back", "late");
  expect(observed.map((one) => (one.kind === "observed" ? (one.outputs.missing ?? one.outputs.status) : one))).toEqual([
    "running",
    "lost",
    "failed",
    "running",
  ]);
  expect(slept).toEqual([5]);
  expect(asked).toEqual(["gone", "back", "late", "gone", "back"]);
});

test("an ended run is read only if its record was not read before, and facts that the record lacks stay", async () => {
  const { client, asked } = service([[]], { unread: [record({ returnCode: 3 })] });
  const ended = (executionId: string, more: object = {}) =>
    parseRecorded({ ...recorded(executionId), status: "completed", endedAt: "2026-03-01T12:00:20Z", ...more });
  const runs = [
    ended("a"),
    ended("unread", { endUnread: true }),
    ended("gone", { endUnread: true }),
    ended("elsewhere", { endUnread: true, baseUrl: "https://elsewhere.example" }),
  ];
  const [a, unread, gone, elsewhere] = await observeRecorded(client, runs, { now: NOW, sleep: async () => undefined });
  expect(unread).toMatchObject({ outputs: { status: "completed", returnCode: 3, endedAt: "2026-03-01T12:00:20Z" } });
  expect([a, gone, elsewhere]).toEqual([runs[0], runs[2], runs[3]].map((outputs) => ({ kind: "recorded", outputs })));
  expect(asked).toEqual(["unread", "gone"]);
});

test.each([
  ["an active run", {}, 1],
  ["a run that is over", { status: "completed", returnCode: 0 }, 0],
  ["a start without a clear answer", { executionId: "", startKey: "key" }, 0],
  ["a run at another base URL", { baseUrl: "https://elsewhere.example" }, 0],
])("the list is asked only if it may show a run: %s", async (_, more, lists) => {
  const { client, asked } = service([[entry("a", "running")]], {});
  const listActive = jest.fn(client.listActive);
  const over = parseRecorded({ ...recorded("b"), status: "completed", returnCode: 0 });
  const run = parseRecorded({ ...recorded("a"), ...more });
  await observeRecorded({ ...client, listActive }, [over, run], { now: NOW, sleep: async () => undefined });
  expect(listActive).toHaveBeenCalledTimes(lists);
  expect(asked).toEqual([]);
});

describe("a record with an exit code, but the status of an active run", () => {
  const doubtful = record({ status: "running", returnCode: 0, endedAt: "2026-03-01T12:00:20Z" });
  test.each([
    ["has ended if the list does not show the run", async () => ({ executions: [], unreadable: 0, hasMore: false }), 0],
    ["is no proof if the list cannot be read", () => Promise.reject(new Error("no list")), undefined],
  ])("%s", async (_, listActive, returnCode) => {
    const { client } = service([], { a: [doubtful] });
    const options = { now: NOW, sleep: async () => undefined };
    const [observed] = await observeRecorded({ ...client, listActive }, [recorded("a")], options);
    expect(observed).toMatchObject({ kind: "observed", outputs: { status: "running" } });
    expect(observed?.kind === "observed" ? observed.outputs.returnCode : "none").toBe(returnCode);
  });
});

describe.each([
  ["fails", 500],
  ["is refused", 403],
  ["is refused with the credential", 401],
])("a run whose record %s", (_, status) => {
  const fails = () => Promise.reject(modelError(status));
  const observed = async (lists: readonly ExecutionSummary[]) => {
    const { client } = service([lists], {});
    const options = { now: NOW, sleep: async () => undefined };
    return observeRecorded({ ...client, record: fails, olderStatus: fails }, [recorded("a")], options);
  };
  test("has ended if the list shows its end", async () => {
    expect(await observed([entry("a", "failed")])).toMatchObject([{ kind: "observed", outputs: { status: "failed" } }]);
  });
  test("cannot be read if the list does not show its end", async () => {
    expect(await observed([])).toEqual([{ kind: "unreadable", reason: expect.stringContaining(`model ${status}`) }]);
  });
});
