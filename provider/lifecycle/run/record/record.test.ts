import fc from "fast-check";
import { classifyStatus, isEndKind } from "../../../lyceum/answers/status";
import type { ExecutionRecord } from "../../../lyceum/port";
import { withResultsOf } from "../../end/run-results";
import { recordedRun } from "../../testing/maps";
import { type ExecutionOutputs, type ObservedRun, withObserved, withRecord } from "./record";

const STARTED = "2026-03-01T00:00:00Z";
const ENDED = "2026-03-01T00:01:30Z";
const running = recordedRun("r1", { executionId: "r1", status: "running", startedAt: STARTED });
const failed: ExecutionOutputs = {
  ...running,
  status: "failed",
  returnCode: 3,
  endedAt: ENDED,
  durationSeconds: 90,
  failedService: "web",
  services: { web: 3 },
  cost: 0.2,
};
const { failedService: _service, services: _codes, ...unexplained } = failed;
const completed: ExecutionOutputs = {
  ...running,
  status: "completed",
  returnCode: 0,
  endedAt: ENDED,
  durationSeconds: 90,
  results: { version: 7 },
};
const { returnCode: _code, ...timed } = completed;
const WEB = 'service "web" exited with code 3';
const DB = 'service "db" exited with code 1';

type Changes = { readonly [Name in keyof ExecutionOutputs]?: ExecutionOutputs[Name] | undefined };

describe.each<readonly [string, ExecutionOutputs, ObservedRun, Changes]>([
  // These facts belong to an active run.
  ["a record with nothing new", running, { status: "running", startedAt: STARTED }, {}],
  ["a new status", running, { status: "stopping" }, { status: "stopping" }],
  ["a status that goes back, while nothing has ended", running, { status: "pending" }, { status: "pending" }],
  ["a record without a status word", running, { status: "unknown", createdAt: STARTED }, { createdAt: STARTED }],
  ["another start", running, { status: "running", startedAt: ENDED }, { startedAt: ENDED }],
  [
    "errors before the end",
    running,
    { status: "running", errors: [WEB] },
    { failedService: "web", services: { web: 3 } },
  ],
  ["a cost that still grows", running, { status: "running", cost: 0.1 }, {}],
  ["a run that was lost", { ...running, missing: "lost" }, { status: "running" }, { missing: undefined }],
  // Only a status word shows the end of this run.
  ["an end by its word", running, { status: "completed" }, { status: "completed" }],
  [
    "an end by code and time",
    running,
    { status: "running", returnCode: 0, endedAt: ENDED },
    { returnCode: 0, endedAt: ENDED, durationSeconds: 90 },
  ],
  [
    "a whole end",
    running,
    { status: "failed", returnCode: 3, endedAt: ENDED, errors: [WEB], cost: 0.2 },
    {
      status: "failed",
      returnCode: 3,
      endedAt: ENDED,
      durationSeconds: 90,
      failedService: "web",
      services: { web: 3 },
      cost: 0.2,
    },
  ],
  [
    "an end before the start",
    running,
    { status: "failed", endedAt: "2026-02-28T00:00:00Z" },
    { status: "failed", endedAt: "2026-02-28T00:00:00Z" },
  ],
  [
    "an end at the time of the start",
    running,
    { status: "failed", endedAt: STARTED },
    { status: "failed", endedAt: STARTED, durationSeconds: 0 },
  ],
  // These facts become known after the end of the run.
  [
    "the failing service at the next read",
    unexplained,
    { status: "failed", returnCode: 3, endedAt: ENDED, errors: [WEB] },
    { failedService: "web", services: { web: 3 } },
  ],
  [
    "an error that came before the known one",
    failed,
    { status: "failed", errors: [DB, WEB] },
    { failedService: "db", services: { db: 1, web: 3 } },
  ],
  ["fewer errors than are known", { ...failed, services: { web: 3, db: 1 } }, { status: "failed", errors: [DB] }, {}],
  ["a bill that was corrected", failed, { status: "failed", cost: 0.3 }, { cost: 0.3 }],
  ["an end that says less", failed, { status: "failed" }, {}],
  [
    "a code that says otherwise",
    completed,
    { status: "completed", returnCode: 5 },
    { returnCode: 5, results: undefined },
  ],
  ["an end by code and time, after one by its word", failed, { status: "running", returnCode: 3, endedAt: ENDED }, {}],
  ["a word alone after an end that was reported", completed, { status: "failed" }, {}],
  ["a word alone after an end with a known time", timed, { status: "failed" }, {}],
  ["another word after a word alone", { ...running, status: "completed" }, { status: "failed" }, { status: "failed" }],
  // This record is older than the facts that are already known.
  ["a record that lags", failed, { status: "running" }, {}],
  [
    "a record that lags, with other facts",
    failed,
    { status: "running", startedAt: ENDED, cost: 0.1, errors: [DB] },
    { services: { db: 1, web: 3 } },
  ],
  [
    "a record that lags, with a fact that is missing",
    completed,
    { status: "pending", createdAt: STARTED },
    { createdAt: STARTED },
  ],
  [
    "a run that was forgotten, in a record that lags",
    { ...completed, missing: "forgotten" },
    { status: "running" },
    { missing: undefined },
  ],
])("the outputs after %s", (_, known, record, changes) => {
  const after = withRecord(known, record);

  test("are as expected, and the same object where nothing is new", () => {
    const expected = { ...known, ...changes };
    expect(after).toEqual(JSON.parse(JSON.stringify(expected)));
    if (Object.keys(changes).length === 0) expect(after).toBe(known);
  });

  test("are the same object after the same record again", () => {
    expect(withRecord(after, record)).toBe(after);
    expect(Object.values(after)).not.toContain(undefined);
  });
});

test("a status alone is read as a record without other fields", () => {
  expect(withObserved(running, { status: "completed" })).toEqual({ ...running, status: "completed" });
  expect(withObserved(completed, { status: "running" })).toBe(completed);
  expect(withObserved({ ...running, missing: "lost" }, { status: "running" })).toEqual(running);
});

describe("records of one run, each with a part of its facts", () => {
  const time = (seconds: number): string => new Date(Date.parse(STARTED) + seconds * 1000).toISOString();
  const services = ["web", "db", "cache"] as const;
  const errors = fc
    .uniqueArray(fc.constantFrom(...services), { maxLength: services.length })
    .map((names) => names.map((name, at) => `service "${name}" exited with code ${at + 1}`));
  /**
   * Makes the last record of a run that has ended. If the status word is unknown, the exit code and the end time show
   * the end.
   */
  const whole = fc
    .record({
      end: fc.constantFrom(
        { status: "completed", returnCode: 0 },
        { status: "failed", returnCode: 3 },
        { status: "completed", returnCode: 5 },
        { status: "aborted", returnCode: 143 },
        { status: "running", returnCode: 0 },
        { status: "left the building", returnCode: 1 },
      ),
      errors,
      cost: fc.constantFrom(0.25, 1),
      results: fc.boolean(),
      took: fc.integer({ min: 0, max: 600 }),
    })
    .map(
      ({ end, errors: reported, cost, results, took }): ExecutionRecord => ({
        ...end,
        createdAt: time(-5),
        startedAt: time(0),
        endedAt: time(took),
        errors: reported,
        cost,
        output: results ? "done\nlyceum-result version 7\n" : "done\n",
      }),
    );
  const FACTS = ["returnCode", "createdAt", "startedAt", "endedAt", "errors", "cost", "output"] as const;
  type Part = ObservedRun;

  /**
   * The facts of an end. A record whose status word shows no end always has exit code and end time together, because
   * only both together show the end.
   */
  const OF_END = ["returnCode", "endedAt", "cost", "output"];

  function partOf(record: ExecutionRecord, names: ReadonlySet<string>): Part {
    const isEnd = isEndKind(classifyStatus(record.status));
    const whole = !isEnd && OF_END.some((name) => names.has(name)) ? OF_END : [];
    const shown = new Set(["status", ...names, ...whole]);
    return Object.fromEntries(Object.entries(record).filter(([name]) => shown.has(name))) as unknown as Part;
  }

  /**
   * Makes a record from a replica that is behind: with an earlier status word, and only with the facts of the
   * beginning.
   */
  const lagging = (record: ExecutionRecord): fc.Arbitrary<Part> =>
    fc
      .record({
        status: fc.constantFrom("pending", "running", "cancelling", "unknown"),
        hasTimes: fc.boolean(),
        errorsSoFar: fc.nat({ max: record.errors.length }),
      })
      .map(({ status, hasTimes, errorsSoFar }) => ({
        ...(hasTimes ? partOf(record, new Set(["createdAt", "startedAt"])) : {}),
        status,
        errors: record.errors.slice(0, errorsSoFar),
        cost: 0.01,
      }));

  const cases = whole.chain((record) => {
    // Each fact is in at least one of the partial records.
    const parts = fc
      .array(fc.uniqueArray(fc.constantFrom(...FACTS)), { maxLength: 5 })
      .chain((kept) =>
        fc
          .array(fc.nat({ max: kept.length }), { minLength: FACTS.length, maxLength: FACTS.length })
          .map((owners) =>
            [...kept, []].map((names, at) =>
              partOf(record, new Set([...names, ...FACTS.filter((_, fact) => owners[fact] === at)])),
            ),
          ),
      );
    return fc
      .record({ parts, lags: fc.array(lagging(record), { maxLength: 3 }) })
      .chain(({ parts: shown, lags }) =>
        fc
          .shuffledSubarray([...shown, ...lags], { minLength: shown.length + lags.length })
          .map((ordered) => ({ record, ordered })),
      );
  });

  const isReserved = () => false;
  const started = recordedRun("r1", { executionId: "r1", status: "pending" });
  const learn = (outputs: ExecutionOutputs, record: ObservedRun): ExecutionOutputs =>
    withResultsOf({ isReserved }, withRecord(outputs, record), record);

  test("lead to the same outputs as one whole record, in any order", () => {
    fc.assert(
      fc.property(cases, ({ record, ordered }) => {
        expect(ordered.reduce(learn, started)).toEqual(learn(started, record));
      }),
      { numRuns: 1000 },
    );
  });
});
