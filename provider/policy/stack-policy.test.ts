import { parsePolicy } from "./parse-policy";
import type { PolicyFile, Violation } from "./policy";
import { dayOf, policyForStack, stackPatterns, withoutExceptions } from "./stack-policy";
import { patternWarnings } from "./whole-rules";

const file: PolicyFile = {
  maxTimeout: 600,
  pinnedImages: true,
  warn: { maxTimeout: 300 },
  stacks: {
    "prod-*": { maxTimeout: 60, warn: { maxCost: 1 } },
    "*-eu": { maxTimeout: 30, pinnedImages: false },
  },
  exceptions: [
    { rule: "maxTimeout", resource: "train*", stack: "prod-*", until: "2027-01-31", reason: "the old model" },
    { rule: "maxCost", until: "2026-12-31", reason: "the end of the year" },
  ],
};

test.each([
  ["dev", { maxTimeout: 600, pinnedImages: true }, { maxTimeout: 300 }, ["maxCost"]],
  ["prod-us", { maxTimeout: 60, pinnedImages: true }, { maxTimeout: 300, maxCost: 1 }, ["maxTimeout", "maxCost"]],
  ["o/p/prod-eu", { maxTimeout: 30, pinnedImages: false }, { maxTimeout: 300, maxCost: 1 }, ["maxTimeout", "maxCost"]],
])("the policy of the stack %s: the last section that matches wins", (stack, refuse, warn, exceptions) => {
  const found = policyForStack(file, stack);
  expect([found.refuse, found.warn, found.exceptions.map(({ rule }) => rule)]).toEqual([refuse, warn, exceptions]);
});

test.each(["2027", "'2027'", "1.0", "0x1f", "true"])(
  "the section of the stack %s is read as it is written, and wins over one before it",
  (written) => {
    const parsed = parsePolicy(`stacks:\n  "*": { maxTimeout: 600 }\n  ${written}: { maxTimeout: 60 }\n`, "p.yaml");
    const stack = written.replaceAll("'", "");
    expect(parsed).toMatchObject({ kind: "policy" });
    expect(parsed.kind === "policy" && policyForStack(parsed.policy, `acme/shop/${stack}`).refuse).toEqual({
      maxTimeout: 60,
    });
  },
);

test("keys that are allowed for a refusing rule are allowed for a warning rule, too", () => {
  const { warn } = policyForStack({ allowedKeys: ["build"], warn: { pinnedImages: true } }, "dev");
  expect(warn).toEqual({ allowedKeys: ["build"], pinnedImages: true });
});

test("a file of rules alone is the policy of every stack", () => {
  expect(policyForStack({ maxTimeout: 1 }, "any")).toEqual({ refuse: { maxTimeout: 1 }, warn: {}, exceptions: [] });
});

const violation = (rule: Violation["rule"], name: string): Violation => {
  return { rule, code: "LYC5101", name, message: "it is too long", remedy: "Shorten it." };
};
const at = (today: string, ...violations: readonly Violation[]) =>
  withoutExceptions(violations, { exceptions: file.exceptions ?? [], today }).map(({ message }) => message);

test("an exception allows a violation until the end of its last day, and then the violation names it", () => {
  expect(at("2027-01-31", violation("maxTimeout", "train-a"))).toEqual([]);
  expect(at("2027-02-01", violation("maxTimeout", "train-a"))).toEqual([
    "it is too long; an exception ended on 2027-01-31 (the old model)",
  ]);
  expect(at("2027-01-31", violation("maxTimeout", "web"), violation("pinnedImages", "train-a"))).toEqual([
    "it is too long",
    "it is too long",
  ]);
  expect(at("2026-12-31", violation("maxCost", ""))).toEqual([]);
});

test("a day begins and ends in UTC", () => {
  expect(dayOf(Date.parse("2026-12-31T23:59:59Z"))).toBe("2026-12-31");
});

test("every pattern of stacks is compared with the stacks of the project", () => {
  const all: PolicyFile = {
    ...file,
    awaitCompletedOn: ["main"],
    warn: { awaitCompletedOn: ["test"] },
  };
  expect(stackPatterns(all).map(({ key, pattern }) => `${key} ${pattern}`)).toEqual([
    "awaitCompletedOn main",
    "awaitCompletedOn test",
    "stacks prod-*",
    "stacks *-eu",
    "exceptions prod-*",
  ]);
  expect(patternWarnings(file, ["dev", "prod-us"]).map(({ message }) => message)).toEqual([
    "stacks has *-eu, which matches no stack",
  ]);
});
