import type { Policy, PolicySubject } from "./policy";
import { REMEDIED, remedyOf } from "./remedies";
import { ruleViolations } from "./rules";

const SUBJECT: PolicySubject = {
  name: "train",
  stack: "dev",
  executionType: "gpu.h100",
  timeout: 600,
  gracefulTimeout: 10,
  attempts: 1,
  waitFor: "completed",
  fileName: "train",
  images: [],
  parts: [],
};

test.each<[string, Policy, Partial<PolicySubject>, object | undefined]>([
  ["a longer timeout", { maxTimeout: 120 }, {}, { timeout: 120 }],
  ["a limit with a fraction", { maxTimeout: 120.7 }, {}, { timeout: 120 }],
  ["a long grace period", { maxTimeout: 60 }, { timeout: 60, gracefulTimeout: 300 }, { gracefulTimeout: 10 }],
  ["both", { maxTimeout: 60 }, { gracefulTimeout: 300 }, { timeout: 60, gracefulTimeout: 10 }],
  [
    "a short timeout with a grace period",
    { maxTimeout: 60 },
    { timeout: 20, gracefulTimeout: 300 },
    { gracefulTimeout: 50 },
  ],
  ["a limit of one second", { maxTimeout: 1 }, {}, { timeout: 1 }],
  ["a limit below one second", { maxTimeout: 0.5 }, {}, undefined],
  ["an unknown timeout", { maxTimeout: 60 }, { timeout: undefined }, undefined],
  ["another machine", { executionTypes: ["gpu.*a100", "cpu"] }, {}, { executionType: "cpu" }],
  ["only patterns of machines", { executionTypes: ["cpu*"] }, {}, undefined],
])("%s", (_, policy, subject, remedy) => {
  const [rule = ""] = Object.keys(policy);
  const found = REMEDIED.filter((one) => one === rule).map((one) => remedyOf(one, policy, { ...SUBJECT, ...subject }));
  expect(found).toEqual([remedy]);
  for (const one of remedy === undefined ? [] : REMEDIED)
    expect(ruleViolations(one, policy, { ...SUBJECT, ...subject, ...remedy })).toEqual([]);
});

test("other rules have no remedy", () => {
  expect(REMEDIED).toEqual(["maxTimeout", "executionTypes"]);
  expect(remedyOf("pinnedImages", { pinnedImages: true }, SUBJECT)).toBeUndefined();
});
