import type { Policy, StackPolicy } from "..";
import { whyEndUnreviewed, whyUnreviewed } from "./at-update";
import { executionLeaves } from "./execution";
import { parseReview, printReview } from "./parse-review";
import { type PolicyChecks, policyChecks } from "./policy-checks";
import type { Review } from "./review";
import { valuesOf } from "./values";

const MASK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
const inputs = { composeFileCode: "services: {web: {image: 'web:1'}}", timeout: 300, triggers: MASK };
const plan = (action: "start" | "keep" | "delete", given: Readonly<Record<string, unknown>> = inputs): Review => ({
  project: "training",
  stack: "prod",
  salt: "salt",
  executions: [
    { urn: "train", action, ends: ["run-1"], isUnchanged: false, inputs: valuesOf(executionLeaves(given), "salt") },
  ],
  resources: [],
});
/** The inputs as the provider receives them, with the secret in plaintext. */
const received = { ...inputs, triggers: ["a secret"] };
const why = (of: Review | string, values: Readonly<Record<string, unknown>>, isNew = true, urn = "train") =>
  whyUnreviewed(of, { urn, values, isNew });

test("an execution as planned is started, whatever its secrets are", () => {
  expect(why(plan("start"), received)).toBeUndefined();
  expect(
    why(plan("start"), { ...received, composeFileCode: "services:\n  web:\n    image: web:1 # x" }),
  ).toBeUndefined();
  expect(why(plan("keep"), received, false)).toBeUndefined();
});

test("an image that was not known at the preview is not compared", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  expect(
    why(plan("start", { ...inputs, images: { web: unknown } }), { ...received, images: { web: "b" } }),
  ).toBeUndefined();
});

test("another job of a project is refused, although the same services run", () => {
  const project = (job: string) => ({
    composeFile: "compose.yaml",
    compose: { services: { train: { image: "train:1" }, db: { image: "db:16" } } },
    job,
  });
  expect(why(plan("start", project("train")), project("train"))).toBeUndefined();
  expect(why(plan("start", project("train")), project("db"))).toContain("job is not train");
});

test.each([
  ["another timeout", plan("start"), { ...received, timeout: 600 }, "other than in the preview, timeout is not 300"],
  [
    "a further argument",
    plan("start"),
    { ...received, executionType: "gpu" },
    "other than in the preview, executionType is given",
  ],
  [
    "another document",
    plan("start"),
    { ...received, composeFileCode: "services: {web: {image: evil}}" },
    "compose.services.web.image is not web:1",
  ],
  ["a start where the plan keeps the run", plan("keep"), received, "the preview started no run"],
  ["an execution that the plan deletes", plan("delete"), received, "the preview did not have this execution"],
  ["a plan that cannot be read", "LYC5012: unreadable", received, "LYC5012: unreadable"],
])("%s is refused", (_, of, values, reason) => {
  expect(why(of, values)).toMatch(/^LYC5012: /);
  expect(why(of, values)).toContain(reason);
});

test("no reason has a value of the provider, which may be a secret in plaintext", () => {
  const leaked = why(plan("start", { ...inputs, triggers: ["plain"] }), { ...received, timeout: 301 });
  expect(leaked).toContain("triggers[0] is not plain");
  expect(leaked).not.toContain("a secret");
});

test("a run is ended only if the plan ends it", () => {
  expect(whyEndUnreviewed(plan("delete"), ["run-1", "run-1"])).toBeUndefined();
  expect(whyEndUnreviewed(plan("delete"), ["unclear-start-x", "run-1"])).toBeUndefined();
  expect(whyEndUnreviewed(plan("delete"), ["run-2", ""])).toMatch(/^LYC5012: the preview did not delete/);
  expect(whyEndUnreviewed("LYC5012: unreadable", ["run-1"])).toBe("LYC5012: unreadable");
});

describe("under a policy, without a review", () => {
  const under = (checks: Partial<PolicyChecks>, action: "start" | "keep" | "delete" = "start") => ({
    ...plan(action),
    checks: { compares: [], starts: false, ends: false, ...checks },
  });
  const plaintext = under({ compares: ["compose"] });
  const cost = under({ compares: ["executionType", "gracefulTimeout", "timeout"], starts: true });

  test.each<[string, Review, Readonly<Record<string, unknown>>, string]>([
    [
      "an execution that the preview did not show",
      under({ starts: true }, "delete"),
      received,
      "did not have this execution",
    ],
    ["the same, for the rule about secrets", { ...plaintext, executions: [] }, received, "did not have this execution"],
    ["a run that the preview did not start", under({ starts: true }, "keep"), received, "started no run"],
    ["another document", plaintext, { ...received, composeFileCode: "services: {}" }, "compose.services.web.image"],
    ["another timeout", cost, { ...received, timeout: 600 }, "timeout is not 300"],
    ["another machine", cost, { ...received, executionType: "gpu" }, "executionType is given"],
  ])("%s is refused", (_, of, values, reason) => {
    expect(why(of, values)).toMatch(/^LYC5014: /);
    expect(why(of, values)).toContain(reason);
  });

  test.each<[string, Review, Readonly<Record<string, unknown>>]>([
    ["what no rule is about", plaintext, { ...received, timeout: 600 }],
    ["another document, where no rule searches for secrets", cost, { ...received, composeFileCode: "services: {}" }],
    ["a run that is adopted", under({ starts: true }, "delete"), { ...received, existingExecutionId: "run-1" }],
    ["a new execution, where a rule is only about ends", under({ ends: true }, "delete"), received],
    ["a start where no rule counts starts", { ...plaintext, ...under({ compares: ["compose"] }, "keep") }, received],
  ])("%s is allowed", (_, of, values) => {
    expect(why(of, values)).toBeUndefined();
  });

  test("only a rule about protected resources limits which runs an update ends", () => {
    expect(whyEndUnreviewed(under({ starts: true }), ["run-9"])).toBeUndefined();
    expect(whyEndUnreviewed(under({ ends: true }), ["run-9"])).toMatch(/^LYC5014: the preview did not delete/);
    expect(whyEndUnreviewed(under({ ends: true }), ["run-1"])).toBeUndefined();
  });

  test("a rule that only a preview evaluates has checks, but none with an exception for all resources", () => {
    const of = (refuse: Policy, exceptions: StackPolicy["exceptions"] = []) =>
      policyChecks({ refuse, exceptions }, "2027-01-15");
    expect(of({ maxTimeout: 1, pinnedImages: true, noPlaintextSecrets: false })).toBeUndefined();
    expect(of({ noPlaintextSecrets: true })).toEqual({ compares: ["compose"], starts: false, ends: false });
    expect(of({ protected: ["db"], parallelRuns: 1 })).toEqual({ compares: [], starts: true, ends: true });
    const exception = { rule: "parallelRuns", until: "2027-01-15", reason: "r" } as const;
    expect(of({ parallelRuns: 1 }, [exception])).toBeUndefined();
    expect(of({ parallelRuns: 1 }, [{ ...exception, until: "2027-01-14" }])).toBeDefined();
    expect(of({ parallelRuns: 1 }, [{ ...exception, resource: "web" }])).toBeDefined();
  });

  test("the plan keeps its checks in a file", () => {
    expect(parseReview(printReview(cost))).toEqual({
      kind: "review",
      review: expect.objectContaining({ checks: cost.checks }),
    });
  });
});
