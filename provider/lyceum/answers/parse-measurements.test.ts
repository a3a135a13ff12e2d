import fc from "fast-check";
import { parseMetrics, parseTiming } from "./parse-measurements";

test("phases and seconds are read; null and values that are not numbers are left out", () => {
  const timing = {
    queued: 1.5,
    launchingContainer: "2",
    executingJob: null,
    shuttingDown: 3,
    total: "soon",
    phases: {
      queued: { start_time: "2026-03-01T12:00:00", end_time: null, duration: 1.5 },
      "no name": {},
      executingJob: "later",
      shuttingDown: { end_time: "2026-03-01T12:00:10" },
    },
  };
  const read = {
    queued: 1.5,
    launchingContainer: 2,
    shuttingDown: 3,
    phases: {
      queued: { startTime: "2026-03-01T12:00:00Z", duration: 1.5 },
      executingJob: {},
      shuttingDown: { endTime: "2026-03-01T12:00:10Z" },
    },
  };
  expect(parseTiming({ timing })).toEqual(read);
  // Lyceum may send the answer without the envelope.
  expect(parseTiming(timing)).toEqual(read);
  expect(parseTiming({ executingJob: 4, total: 9 })).toEqual({ executingJob: 4, total: 9, phases: {} });
});

test("every list of samples is a series; a sample without a time is left out, and without a value, it is a gap", () => {
  expect(
    parseMetrics({
      executionId: "run-1",
      hostname: "gpu-7",
      timeRange: { start: 1_772_366_400, end: 1_772_366_460 },
      gpuUtilizationPercent: [
        { timestamp: "2026-03-01T12:00:00Z", value: 91 },
        { timestamp: 1_772_366_415, value: null },
        { value: 3 },
        7,
      ],
      somethingNew: [],
    }),
  ).toEqual({
    hostname: "gpu-7",
    start: "2026-03-01T12:00:00.000Z",
    end: "2026-03-01T12:01:00.000Z",
    series: {
      gpuUtilizationPercent: [
        { timestamp: "2026-03-01T12:00:00Z", value: 91 },
        { timestamp: "2026-03-01T12:00:15.000Z" },
      ],
      somethingNew: [],
    },
  });
});

test("a value that is not an object is not an answer, and does not throw", () => {
  for (const body of [undefined, null, "x", 7, []]) {
    expect([parseTiming(body), parseMetrics(body)]).toEqual([undefined, undefined]);
  }
  fc.assert(
    fc.property(fc.anything(), (body) => {
      parseTiming(body);
      parseMetrics({ timeRange: body, series: body, a: [body] });
    }),
  );
});

test("100 phases or series are read, and 20 000 samples of each series", () => {
  const named = (value: unknown) => Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`n${index}`, value]));
  const samples = Array(20_001).fill({ timestamp: "t" });
  expect(Object.keys(parseTiming({ phases: named({}) })?.phases ?? {})).toHaveLength(100);
  expect(parseMetrics({ a: samples })?.series.a).toHaveLength(20_000);
});

test("a property of the prototype is not a series", () => {
  const { series } = parseMetrics(JSON.parse('{"__proto__": [], "constructor": []}')) ?? { series: {} };
  expect(Object.keys(series)).toEqual(["constructor"]);
  expect(Object.getPrototypeOf(series)).toBe(Object.prototype);
});
