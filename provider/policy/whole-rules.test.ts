import { costOfRuns, type PolicyPlan, startOfMonth } from "./plan";
import type { Policy } from "./policy";
import { WHOLE_RULE_NAMES, wholeViolations } from "./whole-rules";

const prices = new Map([
  ["cpu", 60],
  ["gpu.a100", 600],
]);
const run = (name: string, timeout: number | undefined, executionType = "cpu", attempts: number | undefined = 1) => ({
  name,
  attempts,
  timeout,
  executionType,
  gracefulTimeout: 0,
});
const upload = (name: string, bytes: number | undefined) => ({ name, bytes });
const PLAN: PolicyPlan = {
  starts: [],
  prices,
  active: 0,
  month: { amount: 0, unknown: [] },
  ends: [],
  uploads: [],
  changes: true,
  now: Date.parse("2027-01-15T12:00:00Z"),
};
const found = (policy: Policy, plan: Partial<PolicyPlan>) =>
  WHOLE_RULE_NAMES.flatMap((rule) => wholeViolations(rule, policy, { ...PLAN, ...plan })).map(
    ({ code, name, message }) => `${code} ${name}: ${message}`,
  );

// A run of 60 s costs 1 on `cpu`, and 10 on `gpu.a100`.
test.each<[string, Policy, Partial<PolicyPlan>, readonly string[]]>([
  [
    "each attempt that retries allows counts",
    { maxCost: 2 },
    { starts: [run("a", 60, "cpu", 3)] },
    ["LYC5107 : the runs cost up to 3.00, at most 2 is allowed"],
  ],
  ["the cost of all runs, at the limit", { maxCost: 2 }, { starts: [run("a", 60), run("b", 60)] }, []],
  [
    "the cost of all runs",
    { maxCost: 1.5 },
    { starts: [run("a", 60), run("b", 60)] },
    ["LYC5107 : the runs cost up to 2.00, at most 1.5 is allowed"],
  ],
  [
    "a run without a price",
    { maxCost: 1.5 },
    { starts: [run("a", undefined)] },
    ["LYC5107 : what the runs cost is not known: no price of a"],
  ],
  ["no run", { maxCost: 0.1, maxCostPerRun: 0.1, maxCostPerMonth: 0.1, parallelRuns: 1 }, { active: 9 }, []],
  [
    "the cost of a run",
    { maxCostPerRun: 5 },
    { starts: [run("a", 60), run("b", 60, "gpu.a100"), run("c", 60, "tpu")] },
    ["LYC5109 b: its run costs up to 10.00, at most 5 is allowed", "LYC5109 c: what its run costs is not known"],
  ],
  ["the cost of a run, at the limit", { maxCostPerRun: 10 }, { starts: [run("a", 60, "gpu.a100")] }, []],
  [
    "the cost of a month",
    { maxCostPerMonth: 10 },
    { starts: [run("a", 60)], month: { amount: 9.5, unknown: [] } },
    ["LYC5110 : the runs of this month and those that start cost up to 10.50, at most 10 is allowed"],
  ],
  [
    "the cost of a month, at the limit",
    { maxCostPerMonth: 10 },
    { starts: [run("a", 60)], month: { amount: 9, unknown: [] } },
    [],
  ],
  [
    "a month with a run without a price",
    { maxCostPerMonth: 10 },
    { starts: [run("a", 60)], month: { amount: 1, unknown: ["run-1"] } },
    ["LYC5110 : what the runs of this month and those that start cost is not known: no price of run-1"],
  ],
  [
    "a month that nobody could read",
    { maxCostPerMonth: 10 },
    { starts: [run("a", 60)], month: undefined },
    ["LYC5110 : the runs of this month are not known"],
  ],
  ["uploads, at the limit", { maxUploadBytes: 5 }, { uploads: [upload("a", 2), upload("b", 3)] }, []],
  [
    "uploads",
    { maxUploadBytes: 5 },
    { uploads: [upload("a", 2), upload("b", 4), upload("c", undefined)] },
    [
      "LYC5115 : 6 bytes would be uploaded, at most 5 are allowed",
      "LYC5115 c: what it uploads is not known at preview",
    ],
  ],
  ["uploads without a rule", {}, { uploads: [upload("a", undefined)] }, []],
  ["active runs, at the limit", { parallelRuns: 3 }, { starts: [run("a", 1)], active: 2 }, []],
  [
    "active runs",
    { parallelRuns: 3 },
    { starts: [run("a", 1), run("b", 1)], active: 2 },
    ["LYC5112 : up to 4 runs would be active: 2 would start next to 2 of the account, at most 3 may be active"],
  ],
  [
    "active runs that nobody could read",
    { parallelRuns: 3 },
    { starts: [run("a", 1)], active: undefined },
    ["LYC5112 : the active runs are not known"],
  ],
  [
    "the grace period, which a run may take in addition",
    { maxCost: 1, maxCostPerRun: 1 },
    { starts: [{ ...run("a", 60), gracefulTimeout: 30 }] },
    [
      "LYC5107 : the runs cost up to 1.50, at most 1 is allowed",
      "LYC5109 a: its run costs up to 1.50, at most 1 is allowed",
    ],
  ],
  [
    "a run of an account that nobody knows",
    { maxCost: 9, maxCostPerRun: 9, maxCostPerMonth: 9, parallelRuns: 9 },
    { starts: [run("a", 1), { ...run("b", 1), isElsewhere: true }] },
    [
      "LYC5107 : what the runs cost is not known: no price of b",
      "LYC5109 b: what its run costs is not known",
      "LYC5110 b: the runs of this month are not known, because its provider may use another account than this command",
      "LYC5112 b: the active runs are not known, because its provider may use another account than this command",
    ],
  ],
  [
    "protected resources",
    { protected: ["db-*", "aws:rds/*"] },
    {
      ends: [
        { name: "db-main", type: "aws:ec2/instance:Instance", action: "replaced" },
        { name: "main", type: "aws:rds/instance:Instance", action: "deleted" },
        { name: "web", type: "aws:ec2/instance:Instance", action: "deleted" },
      ],
    },
    [
      "LYC5114 db-main: it would be replaced, and db-* protects it",
      "LYC5114 main: it would be deleted, and aws:rds/* protects it",
    ],
  ],
])("the violations of a command: %s", (_, policy, plan, expected) => {
  expect(found(policy, plan)).toEqual(expected);
});

describe("working hours", () => {
  const workingHours = {
    days: ["monday", "friday"],
    from: "08:00",
    to: "17:30",
    timeZone: "Europe/Berlin",
  } as const;
  test.each([
    ["2027-01-15T07:00:00Z", true],
    ["2027-01-15T06:59:59Z", false],
    ["2027-01-15T16:29:59Z", true],
    ["2027-01-15T16:30:00Z", false],
    ["2027-01-14T12:00:00Z", false],
    // In summer, clocks in Berlin are two hours ahead of UTC.
    ["2027-07-16T06:00:00Z", true],
    ["2027-07-16T15:30:00Z", false],
    // At this moment it is already Monday in Berlin.
    ["2027-01-17T23:30:00Z", false],
  ])("at %s a change is allowed: %s", (time, isAllowed) => {
    const now = Date.parse(time);
    expect(found({ workingHours }, { now })).toHaveLength(isAllowed ? 0 : 1);
    expect(found({ workingHours }, { now, changes: false })).toEqual([]);
  });

  test("the message has the time in the time zone of the policy", () => {
    expect(found({ workingHours }, { now: Date.parse("2027-01-16T12:00:00Z") })).toEqual([
      "LYC5113 : it is saturday 13:00 in Europe/Berlin, and changes are allowed on monday, friday from 08:00 to 17:30",
    ]);
  });

  test("midnight is the first minute of a day, and 24:00 its end", () => {
    const all = { ...workingHours, from: "00:00", to: "24:00", timeZone: "UTC" };
    expect(found({ workingHours: all }, { now: Date.parse("2027-01-15T00:00:00Z") })).toEqual([]);
    expect(found({ workingHours: all }, { now: Date.parse("2027-01-15T23:59:59Z") })).toEqual([]);
  });
});

test("the cost of past runs uses the time of each, or the longest possible time if it is not known", () => {
  const runs = [
    { executionId: "a", hardwareProfile: "cpu", startedAt: "2027-01-02T00:00:00Z", endedAt: "2027-01-02T00:01:00Z" },
    { executionId: "b", hardwareProfile: "cpu", startedAt: "2027-01-02T00:00:00Z" },
    { executionId: "c", hardwareProfile: "tpu", startedAt: "2027-01-02T00:00:00Z", endedAt: "2027-01-02T00:01:00Z" },
    { executionId: "d" },
  ];
  expect(costOfRuns(runs, prices)).toEqual({ amount: 1 + 15, unknown: ["c", "d"] });
  expect(costOfRuns(runs, undefined)).toEqual({ amount: 0, unknown: ["a", "b", "c", "d"] });
  expect(startOfMonth(Date.parse("2027-01-31T23:59:59Z")).toISOString()).toBe("2027-01-01T00:00:00.000Z");
});
