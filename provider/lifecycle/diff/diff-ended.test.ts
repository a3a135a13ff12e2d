import type { ExecutionOutputs } from "../state/record";
import { decide, inputs, recorded, text } from "../testing/diff-facts";

describe("decideDiff", () => {
  test.each(["failed", "aborted", "timeout", "system_failure"])(
    "ended %s: replaced when an end was awaited, else kept with one warning",
    (status) => {
      const ended = recorded({ status, returnCode: 3 });
      expect(decide({ recorded: ended, news: inputs({ waitFor: "completed" }) })).toMatchObject({
        kind: "replace",
        why: expect.stringContaining(status === "aborted" ? "was ended by somebody else" : "did not complete"),
      });
      expect(decide({ recorded: ended })).toEqual({
        kind: "same",
        warnings: [expect.stringMatching(/^Run r1 .*exit code 3\. It is kept/)],
      });
      // An end that is news is recorded at once, with what explains it.
      expect(decide({ recorded: ended, endIsNews: true })).toMatchObject({
        kind: "update",
        why: expect.stringMatching(/^records that run r1 \(.* with exit code 3\) /),
      });
    },
  );

  test.each(["accepted", "running", "completed"])(
    "a run that completed stays done, also when forgotten (waitFor %s)",
    (waitFor) => {
      expect(
        decide({ recorded: recorded({ status: "completed", missing: "forgotten" }), news: inputs({ waitFor }) }),
      ).toEqual({ kind: "same", warnings: [] });
    },
  );

  test("a lost run is looked at again, never started again", () => {
    expect(decide({ recorded: recorded({ missing: "lost" }) })).toMatchObject({
      kind: "update",
      why: expect.stringContaining("lost"),
    });
  });

  describe.each([
    ["failed", "whenFailed", { status: "failed", returnCode: 3 }],
    ["aborted", "whenAborted", { status: "aborted" }],
    ["lost", "whenLost", { status: "running", missing: "lost" }],
  ] as const)("the policy of a %s run", (_shortfall, argument, fell) => {
    test.each(["running", "completed"])("is what %s says, whatever waitFor", (waitFor) => {
      const of = (policy: string) =>
        decide({ recorded: recorded(fell), news: inputs({ waitFor, [argument]: policy }) });
      expect(of("rerun")).toMatchObject({ kind: "replace", why: expect.stringContaining(`${argument} is "rerun"`) });
      expect(of("keep")).toEqual({ kind: "same", warnings: [expect.stringContaining(`${argument} is "keep"`)] });
      expect(of("fail")).toMatchObject({ kind: "update", why: expect.stringContaining(`${argument} is "fail"`) });
    });
  });

  test("changed credentials after a failure start a new run, since they may be what fixes it", () => {
    const registryCredentials = { type: "basic", username: "u", password: "new" };
    const failed = recorded({ status: "failed" });
    expect(decide({ recorded: failed, news: inputs({ registryCredentials }) })).toMatchObject({
      kind: "replace",
      why: expect.stringContaining("registryCredentials changed since"),
    });
    expect(
      decide({ recorded: failed, news: inputs({ registryCredentials }), olds: inputs({ registryCredentials }) }),
    ).toMatchObject({ kind: "same" });
  });

  test("runOnEveryUp starts a new run once the last one is done, and not before", () => {
    const news = inputs({ runOnEveryUp: true, waitFor: "completed" });
    expect(decide({ news, recorded: recorded({ status: "completed" }) })).toMatchObject({
      kind: "replace",
      why: expect.stringContaining("runOnEveryUp"),
    });
    expect(decide({ news, recorded: recorded({ status: "running" }) })).toMatchObject({ kind: "update" });
  });

  test.each(["failed", "aborted"])("runOnEveryUp starts a new run also where a run that ended %s is kept", (status) => {
    const news = inputs({ runOnEveryUp: true, whenFailed: "keep", whenAborted: "keep" });
    expect(decide({ news, recorded: recorded({ status }) })).toMatchObject({
      kind: "replace",
      why: expect.stringContaining("runOnEveryUp"),
    });
    const stops = inputs({ runOnEveryUp: true, whenFailed: "fail", whenAborted: "fail" });
    expect(decide({ news: stops, recorded: recorded({ status }) })).toMatchObject({ kind: "update" });
    const taken = inputs({ runOnEveryUp: true, whenFailed: "keep", whenAborted: "keep", existingExecutionId: "r1" });
    expect(decide({ news: taken, recorded: recorded({ status, adopted: true }) })).toMatchObject({ kind: "same" });
  });

  test("what concerns the end of the resource is recorded also of a run that failed and is kept", () => {
    const kept = recorded({ status: "failed" });
    const warnings = [expect.stringContaining("It is kept")];
    expect(decide({ recorded: kept, news: inputs({ deleteRecord: true }) })).toMatchObject({
      kind: "update",
      warnings,
    });
    const lost = decide({
      recorded: recorded({ missing: "lost" }),
      news: inputs({ whenLost: "keep", onDelete: "leave" }),
    });
    expect(lost).toMatchObject({ kind: "update", warnings: [expect.stringContaining("is lost")] });
  });

  describe("a run adopted by its id", () => {
    const desired = { existingExecutionId: "r1" };
    const adopted = (more: Partial<ExecutionOutputs> = {}) => recorded({ adopted: true, onDelete: "leave", ...more });
    test("is never started again while it is wanted, whatever changes", () => {
      const news = inputs({
        ...desired,
        onDelete: "leave",
        triggers: [1],
        composeFileCode: text.replace("busybox", "alpine"),
      });
      expect(decide({ recorded: adopted(), news })).toEqual({ kind: "same", warnings: [] });
      const failed = decide({
        recorded: adopted({ status: "failed" }),
        news: inputs({ ...desired, waitFor: "completed" }),
      });
      expect(failed).toMatchObject({ kind: "update", why: expect.stringContaining("adopted by its id") });
      expect(
        decide({
          recorded: adopted({ status: "completed" }),
          news: inputs({ ...desired, onDelete: "leave", runOnEveryUp: true }),
        }),
      ).toMatchObject({ kind: "same" });
    });
    test("is let go, not aborted, when it is wanted no more", () => {
      const decision = decide({ recorded: adopted(), news: inputs() });
      expect(decision).toMatchObject({ kind: "replace", why: expect.stringContaining("leaves run r1") });
      expect(decision).toMatchObject({ why: expect.stringContaining("existingExecutionId was removed") });
    });
  });
});
