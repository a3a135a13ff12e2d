import { policyFor, type RunPolicies, type Shortfall } from "./policy";

test.each<[Shortfall, Partial<RunPolicies>, string]>([
  ["failed", { waitFor: "completed" }, "rerun"],
  ["failed", { waitFor: "running" }, "keep"],
  ["failed", { waitFor: "completed", whenFailed: "fail" }, "fail"],
  ["failed", { waitFor: "accepted", whenAborted: "fail" }, "keep"],
  ["aborted", { waitFor: "completed" }, "rerun"],
  ["aborted", { waitFor: "running", whenAborted: "rerun" }, "rerun"],
  ["lost", { waitFor: "completed" }, "fail"],
  ["lost", { waitFor: "running" }, "fail"],
  ["lost", { waitFor: "running", whenLost: "keep" }, "keep"],
])("a run that is %s, with %j: %s", (shortfall, policies, policy) => {
  expect(policyFor(shortfall, policies as RunPolicies)).toBe(policy);
});
