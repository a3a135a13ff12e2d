import { whyEndUnreviewed, whyUnreviewed } from "./at-update";
import { executionLeaves } from "./execution";
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
