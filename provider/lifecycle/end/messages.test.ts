import { recordedRun } from "../testing/maps";
import { someInputs } from "../testing/world";
import { acceptsLoss, ending, keptWarning, outcome, policyReason, shortfallOf, standingOf } from "./messages";

const run = (facts: Record<string, unknown>) => recordedRun("r1", { executionId: "r1", status: "running", ...facts });

test.each([
  ["lost", { missing: "lost" }, "running", "lost"],
  ["lost after its end", { status: "completed", missing: "lost" }, "running", "lost"],
  ["forgotten without an end", { missing: "forgotten" }, "completed", "lost"],
  ["forgotten without an end", { missing: "forgotten" }, "running", undefined],
  ["forgotten after its end", { status: "completed", missing: "forgotten" }, "completed", undefined],
  ["active", {}, "completed", undefined],
  ["completed", { status: "completed", returnCode: 0 }, "completed", undefined],
  ["failed", { status: "failed" }, "accepted", "failed"],
  ["aborted", { status: "aborted" }, "accepted", "aborted"],
] as const)("a run that is %s (%j) with waitFor %s has the shortfall %s", (_, facts, waitFor, expected) => {
  expect(shortfallOf(run(facts), { waitFor })).toBe(expected);
});

test.each([
  [{ missing: "lost" }, "rerun", true],
  [{ missing: "lost" }, "fail", false],
  [{ status: "failed" }, "rerun", false],
] as const)("the loss of a run with %j and whenLost %s is accepted: %s", (facts, whenLost, expected) => {
  expect(acceptsLoss(run(facts), { waitFor: "running", whenLost })).toBe(expected);
});

test.each([
  ["failed", { whenFailed: "keep" }, 'whenFailed is "keep"'],
  ["failed", {}, 'waitFor is "running"'],
  ["lost", {}, 'whenLost is "fail"'],
  ["lost", { whenLost: "keep" }, 'whenLost is "keep"'],
  ["aborted", { whenFailed: "keep" }, 'waitFor is "running"'],
] as const)("the policy for a run that is %s with %j has the reason: %s", (shortfall, given, reason) => {
  expect(policyReason(shortfall, someInputs({ waitFor: "running", ...given }))).toBe(reason);
});

test.each([
  ["failed", run({ status: "failed", returnCode: 3 }), "Run r1 failed with exit code 3: why. It is kept"],
  ["lost", run({ missing: "lost" }), "Run r1 is lost (Lyceum answers 404). It is kept"],
  ["failed", run({ status: " Timeout" }), "; raise `timeout` or make the run shorter, and change triggers to run"],
  ["failed", run({ status: "failed" }), '"running"; change triggers to run it again.'],
] as const)("the warning of a run that is %s and kept: %#", (shortfall, recorded, text) => {
  expect(keptWarning(shortfall, recorded, someInputs({ waitFor: "running" }), ": why")).toContain(text);
});

test.each([
  [{ status: "failed", returnCode: 3 }, "failed with exit code 3", "failed with exit code 3"],
  [{ status: "Failed " }, "Failed ", "failed"],
  [{ status: "aborted" }, "aborted", "was aborted"],
  [{ status: "cancelled", returnCode: 1 }, "cancelled with exit code 1", "was cancelled with exit code 1"],
  [{ status: "completed" }, "completed", "completed"],
  [{ status: "completed", returnCode: 0 }, "completed with exit code 0", "completed"],
  [
    { status: "completed", returnCode: 3 },
    "completed with exit code 3",
    "completed with exit code 3, which is a failure",
  ],
  [{ status: "gone" }, "gone", 'ended with the status "gone"'],
  [{ status: "gone", returnCode: 0 }, "gone with exit code 0", 'ended with the status "gone" and exit code 0'],
])("the end of a run with %j: %s, it %s", (recorded, short, verb) => {
  expect([outcome(recorded), ending(recorded)]).toEqual([short, verb]);
  expect(standingOf(run(recorded))).toBe(short);
});

test("a run that no call shows is called lost or forgotten", () => {
  expect(standingOf(run({ missing: "lost" }))).toBe("lost (Lyceum answers 404)");
  expect(standingOf(run({ missing: "forgotten" }))).toBe("forgotten");
  expect(standingOf(run({ status: "failed", missing: "forgotten" }))).toBe("failed");
});
