import { NO_STATUS } from "../../lyceum/answers/run-fields";
import type { LyceumPort } from "../../lyceum/port";
import { modelError } from "../testing/model-service";
import { missing, page, refuse } from "../testing/ticking";
import { createVirtualClock } from "../testing/virtual-clock";
import {
  activeOn,
  afterAnotherRead,
  isForbidden,
  isRefusal,
  listedOn,
  type Observation,
  observe,
  observeOnce,
  watchAbsence,
} from "./observe";

const unlisted = { kind: "unlisted" } as Observation;
const listed = { kind: "status", status: "running" } as Observation;
const unreachable = { kind: "unreachable" } as Observation;

/**
 * Returns how many seconds after the abort the watch first reports the end, if observations are made at these seconds.
 */
function goneAt(graceSeconds: number, observations: readonly (readonly [number, Observation])[]): number | undefined {
  let now = 0;
  const isGone = watchAbsence({ now: () => now }, { abortedAt: 0, graceSeconds });
  return observations.find(([at, observation]) => {
    now = at * 1000;
    return isGone(observation);
  })?.[0];
}

const every10 = (from: number, to: number, observation = unlisted) =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, index) => [from + 10 * index, observation] as const);

test("a run that is off the list for 30 s after the grace period has ended", () => {
  expect(goneAt(10, every10(0, 100))).toBe(30);
});

test("a run that is off the list within the grace period has not ended", () => {
  expect(goneAt(120, every10(0, 200))).toBe(120);
});

test("a run that the list shows until it stops gets no second grace period", () => {
  expect(goneAt(120, [...every10(0, 110, listed), ...every10(120, 200)])).toBe(150);
});

test.each([listed, unreachable])("an observation of the kind $kind restarts the 30 s", (observation) => {
  expect(goneAt(10, [...every10(0, 20), [25, observation], ...every10(30, 100)])).toBe(60);
});

const END = { endedAt: "2026-03-01T12:00:00Z", returnCode: 0 };
const BARE = { status: "failed" };
const REPORTED = { ...BARE, returnCode: 1 };
const notShown = { kind: "missing" } as Observation;

test.each<[string, object, Observation, string]>([
  ["shows an end", BARE, { kind: "status", status: "failed" }, "ended"],
  [
    "shows an end by exit code and end time",
    BARE,
    { kind: "status", status: "odd", record: { executionId: "r1", status: "odd", ...END } },
    "ended",
  ],
  ["shows a word that is not an end", REPORTED, listed, "active"],
  ["shows a word that is not known", BARE, { kind: "status", status: "odd" }, "active"],
  ["does not show the run, whose exit code is known", REPORTED, notShown, "ended"],
  ["does not show the run, whose end time is known", { ...BARE, endedAt: END.endedAt }, unreachable, "ended"],
  ["does not show the run, whose end is a status word alone", BARE, notShown, "unclear"],
  ["gets no answer for a run whose end is a status word alone", BARE, unreachable, "unclear"],
])("after an end, a read that %s", (_what, end, read, decided) => {
  expect(afterAnotherRead(end as typeof BARE, read)).toBe(decided);
});

const found = (value: object) => async () =>
  ({ kind: "found", value: { executionId: "r1", errors: [], ...value } }) as never;
const running = { executionId: "r1", status: "running" };

test.each<[string, Partial<LyceumPort>, object]>([
  ["the record", { record: found({ status: "running" }) }, { kind: "status", status: "running" }],
  [
    "the word of the older status, where the record has none",
    { record: found({ status: NO_STATUS }), olderStatus: found({ status: "running" }) },
    { kind: "status", status: "running", record: { status: "running" } },
  ],
  [
    "no word, where neither has one",
    { record: found({ status: NO_STATUS }), olderStatus: refuse(500) },
    { kind: "status", status: NO_STATUS },
  ],
  [
    "an end by its word, whatever the list shows",
    { record: found({ status: "completed", ...END }), listActive: async () => page(running) },
    { record: { status: "completed", ...END } },
  ],
  [
    "an end without its word, where the list does not show the run",
    { record: found({ status: "running", ...END }) },
    { record: { status: "running", ...END } },
  ],
  [
    "an end without its word, where the list is refused for good",
    { record: found({ status: "running", ...END }), listActive: refuse(403) },
    { record: { status: "running", ...END } },
  ],
  [
    "no end without its word, where the list shows the run",
    { record: found({ status: "running", ...END }), listActive: async () => page(running) },
    { record: expect.not.objectContaining(END) },
  ],
  [
    "no end without its word, where the list fails",
    { record: found({ status: "running", ...END }), listActive: refuse(500) },
    { record: expect.not.objectContaining(END) },
  ],
  ["404 of both calls", {}, { kind: "missing" }],
  ["404 of the record alone", { olderStatus: found({ status: "running" }) }, { kind: "status", status: "running" }],
  ["404 of the record, if the older status fails", { olderStatus: refuse(500) }, { kind: "missing" }],
  [
    "the older status, if the record fails",
    { record: refuse(500), olderStatus: found({ status: "running" }) },
    { kind: "status", status: "running" },
  ],
  ["a failure", { record: refuse(500), olderStatus: refuse(403) }, { kind: "unreachable", error: modelError(500) }],
  ["a failure of the older status", { record: refuse(403), olderStatus: refuse(500) }, { kind: "unreachable" }],
  ["a refusal", { record: refuse(403), olderStatus: refuse(403) }, { kind: "refused", error: modelError(403) }],
  ["a refusal, if the older status is unknown", { record: refuse(403) }, { kind: "refused" }],
  ["a refused credential of one call", { record: refuse(401), olderStatus: refuse(403) }, { kind: "refused" }],
  ["a refused credential of the other call", { record: refuse(403), olderStatus: refuse(401) }, { kind: "refused" }],
])("one observation shows %s", async (_, calls, expected) => {
  const client = { record: missing, olderStatus: missing, listActive: async () => page(), ...calls };
  expect(await observeOnce(client, "r1")).toMatchObject(expected);
});

test("an observation ends with an error if the credential is refused to both calls", async () => {
  const client = { record: refuse(401), olderStatus: refuse(401), listActive: async () => page() };
  await expect(observeOnce(client, "r1")).rejects.toThrow("model 401");
});

test.each<[string, readonly object[], Partial<LyceumPort>, number, object]>([
  ["a status at once", [{ status: "running" }], {}, 0, { status: "running" }],
  ["an end with code and time at once", [{ status: "failed", ...END }], {}, 0, { status: "failed" }],
  ["an end by its word after a second read", [{ status: "failed" }], {}, 3, { status: "failed" }],
  ["what the second read shows", [{ status: "failed" }, { status: "running" }], {}, 3, { status: "running" }],
  [
    "what the list shows, if both reads show an end by its word",
    [{ status: "failed" }],
    { listActive: async () => page({ executionId: "r2", status: "stopping" }, running) },
    3,
    { status: "running", isListed: true },
  ],
  [
    "the end, if the list shows it by its word too",
    [{ status: "failed" }],
    { listActive: async () => page({ ...running, status: "aborted" }) },
    3,
    { status: "failed" },
  ],
  ["the end, if the list fails", [{ status: "failed" }], { listActive: refuse(500) }, 3, { status: "failed" }],
])("an observation shows %s", async (_, records, calls, seconds, expected) => {
  const clock = createVirtualClock();
  const begun = clock.now();
  let reads = 0;
  const record = () => found(records[Math.min(reads++, records.length - 1)] ?? {})();
  const client = { record, olderStatus: missing, listActive: async () => page(), ...calls };
  expect(await observe({ client, clock }, "r1")).toMatchObject({ kind: "status", ...expected });
  expect((clock.now() - begun) / 1000).toBe(seconds);
});

test.each([
  ["the run", page(running), true],
  ["another run", page({ ...running, executionId: "r2" }), false],
  ["another run, and one that cannot be read", { ...page(), unreadable: 1 }, "unknown"],
  ["not all runs", { ...page(), hasMore: true }, "unknown"],
  ["fewer runs than there are", { ...page(), total: 1 }, "unknown"],
  ["as many runs as there are", { ...page({ ...running, executionId: "r2" }), total: 1 }, false],
] as const)("a list that shows %s lists the run: %s", (_, shown, expected) =>
  expect(listedOn(shown, "r1")).toBe(expected),
);

test.each([
  ["an active entry", page(running), running],
  ["an entry that has ended", page({ ...running, status: "failed" }), undefined],
  ["no entry", page(), undefined],
  ["no page", undefined, undefined],
])("the active run on a page with %s", (_, shown, expected) => expect(activeOn(shown, "r1")).toEqual(expected));

test.each([
  [modelError(401), true, false],
  [modelError(403), false, true],
  [Object.assign(new Error("no answer"), { status: 401 }), false, false],
  [Object.assign(new Error("no answer"), { status: 403 }), false, false],
])("%s refuses the credential: %s, or a permission: %s", (error, refusal, forbidden) => {
  expect([isRefusal(error), isForbidden(error)]).toEqual([refusal, forbidden]);
});
