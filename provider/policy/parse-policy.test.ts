import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { POLICY_SCHEMA } from "./fields";
import { parsePolicy } from "./parse-policy";

const errorsOf = (text: string) => {
  const parsed = parsePolicy(text, "p.yaml");
  return parsed.kind === "errors" ? parsed.errors : [];
};

const WHOLE = `maxTimeout: 600
maxCostPerRun: 1
maxCostPerMonth: 100
fileName: [team-*, nightly]
parallelRuns: 5
workingHours: { days: [monday, friday], from: "08:00", to: "18:00", timeZone: Europe/Berlin }
protected: [db-*, "aws:rds/*"]
warn:
  maxTimeout: 300
stacks:
  "prod-*":
    maxTimeout: 60
    warn: { pinnedImages: true }
exceptions:
  - rule: maxTimeout
    resource: train-*
    stack: prod-eu
    until: 2027-01-31
    reason: The old model needs more time.
`;

test("a file with every section is a policy", () => {
  expect(errorsOf(WHOLE)).toEqual([]);
  expect(parsePolicy(WHOLE, "p.yaml")).toMatchObject({
    policy: {
      workingHours: { from: "08:00" },
      stacks: { "prod-*": { warn: { pinnedImages: true } } },
      exceptions: [{ until: "2027-01-31" }],
    },
  });
});

test.each([
  ["warn: { maxTimout: 1 }", /^p\.yaml:1: warn: a policy has no key maxTimout; it has maxTimeout, /],
  ["warn: { stacks: {} }", /^p\.yaml:1: warn: a policy has no key stacks/],
  ["warn:\n  maxTimeout: x", /^p\.yaml:2: warn: maxTimeout must be a number above 0$/],
  ["stacks: {}", /^p\.yaml:1: stacks: must be a map of patterns of stacks to rules$/],
  ["stacks:\n  prod:\n    maxCost: -1", /^p\.yaml:3: stacks: prod: maxCost must be a number above 0$/],
  ["stacks:\n  prod:\n    exceptions: []", /^p\.yaml:3: stacks: prod: a section has no key exceptions/],
  ["stacks:\n  'a b': {}", /^p\.yaml:2: stacks: has "a b", which has white space in it$/],
  ["exceptions: { rule: maxCost }", /^p\.yaml:1: exceptions: must be a list of exceptions$/],
  [
    "exceptions:\n  - rule: maxCost\n    until: 2027-02-30\n    reason: x",
    /^p\.yaml:3: exceptions: until must be a date, such as 2027-01-31$/,
  ],
  [
    "exceptions:\n  - { rule: maxCst, until: 2027-01-01, reason: x }",
    /^p\.yaml:2: exceptions: rule must be one of maxTimeout, /,
  ],
  ["exceptions:\n  - { rule: maxCost, until: 2027-01-01 }", /^p\.yaml:2: exceptions: an exception has no reason$/],
  [
    "exceptions:\n  - { rule: maxCost, until: 2027-01-01, reason: ' ' }",
    /^p\.yaml:2: exceptions: reason must be a text$/,
  ],
  [
    "exceptions:\n  - { rule: maxCost, until: 2027-01-01, reason: x, resource: 'a?' }",
    /^p\.yaml:2: exceptions: resource has "a\?", which has a \?/,
  ],
  ["parallelRuns: 1.5", /^p\.yaml:1: parallelRuns must be a whole number above 0$/],
  ["workingHours: 8-18", /^p\.yaml:1: workingHours: must be a map of days, from, to, timeZone$/],
  [
    "workingHours:\n  days: [Mon]\n  from: 8:00\n  to: '18:00'\n  timeZone: Berlin",
    /^p\.yaml:2: workingHours: days has "Mon", which is none of monday, /,
  ],
  [
    "workingHours: { days: [monday], from: '18:00', to: '08:00', timeZone: UTC }",
    /^p\.yaml:1: workingHours: to must be later than from: 18:00$/,
  ],
  [
    "workingHours: { days: [monday], from: '08:00', to: '18:00', timeZone: Berlin }",
    /^p\.yaml:1: workingHours: timeZone must be a time zone of the IANA database/,
  ],
])("%j is not a policy", (text, message) => {
  expect(errorsOf(text)[0]).toMatch(message);
});

test("all errors of all sections are reported, with their lines", () => {
  const text = "maxCost: 0\nwarn:\n  maxCost: 0\nstacks:\n  prod:\n    maxCost: 0\nexceptions:\n  - {}\n";
  expect(errorsOf(text).map((error) => error.split(" ")[0])).toEqual([
    "p.yaml:1:",
    "p.yaml:3:",
    "p.yaml:6:",
    ...Array(3).fill("p.yaml:8:"),
  ]);
});

test("the package has the schema for editors; UPDATE_GOLDEN=1 writes it", () => {
  const file = join(__dirname, "../../policy/lyceum-policy.schema.json");
  const want = `${JSON.stringify(POLICY_SCHEMA, null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, want);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(want));
});
