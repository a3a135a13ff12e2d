import fc from "fast-check";
import { CANDIDATES } from "./secrets-shown/candidates";
import { FAULTS } from "./secrets-shown/outputs";
import { amount, secretsAreHidden, type Tried } from "./secrets-shown/property";

test("no output shows a secret of a project that is valid or not", () => {
  const tried: Tried = { projects: 0, findings: 0, outputs: 0, valid: 0 };
  fc.assert(secretsAreHidden(undefined, tried), amount(100));
  // The projects must contain secrets. Without secrets, the test would always pass.
  expect(tried.findings).toBeGreaterThan(tried.projects);
  expect(tried.valid).toBeGreaterThan(tried.projects / 10);
  expect(tried.outputs).toBeGreaterThan(10 * tried.projects);
});

test.each(FAULTS)("the property finds a provider in which %s", (fault) => {
  const { failed } = fc.check(secretsAreHidden(fault), { ...amount(100), endOnFailure: true });
  expect(failed).toBe(true);
});

test("there are texts of each kind", () => {
  expect(Object.entries(CANDIDATES).filter(([, texts]) => texts.length < 20)).toEqual([]);
});
