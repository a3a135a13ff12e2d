import type { ExecutionOutputs } from "../run/record/record";
import { decide, inputs, recorded, replaces, same, text, updates } from "../testing/diff-facts";

describe("decideDiff", () => {
  test.each(["failed", "aborted", "timeout", "system_failure"])(
    "ended %s: replaced when an end was awaited, else kept with one warning",
    (status) => {
      const ended = recorded({ status, returnCode: 3 });
      expect(decide({ recorded: ended, news: inputs({ waitFor: "completed" }) })).toEqual(
        replaces(status === "aborted" ? "was aborted" : "did not complete"),
      );
      expect(decide({ recorded: ended })).toEqual({
        kind: "same",
        warnings: [expect.stringMatching(/^Run r1 .*exit code 3\. It is kept/)],
      });
      // The first command that observes the end of a run records the end and its reason at once.
      expect(decide({ recorded: ended, endIsNews: true })).toMatchObject({
        kind: "update",
        why: expect.stringMatching(/^records that run r1 \(.* with exit code 3\) /),
      });
    },
  );

  test("a record that could not be read at the end is read by the next update", () => {
    const ended = recorded({ status: "completed", returnCode: 0, endUnread: true });
    expect(decide({ recorded: ended })).toEqual(updates("reads the record of run r1"));
    expect(decide({ recorded: recorded({ status: "completed", returnCode: 0 }) })).toEqual(same());
  });

  test("the abort of a cancelled command does not count as an abort by others", () => {
    const aborted = recorded({ status: "aborted", abortSent: true });
    const why = "run r1 (aborted) was aborted when its command was cancelled";
    expect(decide({ recorded: aborted, news: inputs({ waitFor: "completed" }) })).toEqual(replaces(why));
    expect(decide({ recorded: { ...aborted, status: "failed" }, news: inputs({ waitFor: "completed" }) })).toEqual(
      replaces("did not complete"),
    );
  });

  test.each(["accepted", "running", "completed"])(
    "a run that completed stays done, also when forgotten (waitFor %s)",
    (waitFor) => {
      const ended = recorded({ status: "completed", missing: "forgotten" });
      expect(decide({ recorded: ended, news: inputs({ waitFor }) })).toEqual(same());
    },
  );

  test("a lost run is observed again, and never started again", () => {
    expect(decide({ recorded: recorded({ missing: "lost" }) })).toEqual(updates("lost"));
  });

  describe.each([
    ["failed", "whenFailed", { status: "failed", returnCode: 3 }, "did not complete, and ", "stops: "],
    ["aborted", "whenAborted", { status: "aborted" }, "was aborted, and ", "stops: "],
    ["lost", "whenLost", { missing: "lost" }, "is lost (Lyceum answers 404 ", "looks again for "],
  ] as const)("the policy of a %s run", (_shortfall, argument, fell, words, first) => {
    test.each(["running", "completed"])("follows %s for each waitFor", (waitFor) => {
      const of = (policy: string) =>
        decide({ recorded: recorded(fell), news: inputs({ waitFor, [argument]: policy }) });
      expect(of("rerun")).toEqual(replaces(`${argument} is "rerun"`));
      expect(of("keep")).toEqual(same(`${argument} is "keep"`));
      expect(of("fail")).toEqual(updates(`${argument} is "fail"`));
      expect(of("rerun")).toEqual(replaces(words));
      expect(of("fail")).toEqual(updates(`${first}run r1`));
    });
  });

  test("changed credentials after a failure start a new run, because they may fix the failure", () => {
    const news = inputs({ registryCredentials: { type: "basic", username: "u", password: "new" } });
    const failed = recorded({ status: "failed" });
    expect(decide({ recorded: failed, news })).toEqual(replaces("registryCredentials changed since"));
    expect(decide({ recorded: failed, news, olds: news })).toMatchObject({ kind: "same" });
    expect(decide({ recorded: failed, news, olds: undefined })).toMatchObject({ kind: "same" });
    expect(decide({ recorded: recorded({ status: "aborted" }), news })).toMatchObject({ kind: "same" });
    const taken = inputs({ existingExecutionId: "r1", registryCredentials: { type: "basic", username: "u" } });
    expect(decide({ recorded: { ...failed, adopted: true }, news: taken })).toMatchObject({ kind: "same" });
  });

  test("a run whose end was not reported is named with its last status, and gets no warning about the next run", () => {
    const forgotten = recorded({ missing: "forgotten" });
    expect(decide({ recorded: forgotten, news: inputs({ triggers: [1] }) })).toEqual(
      replaces("run r1 (forgotten, last status: running)"),
    );
    expect(decide({ recorded: forgotten, news: inputs({ timeout: 90 }) })).toEqual(same());
  });

  test("the first command that observes a failed or lost run follows the policy of this run", () => {
    const news = inputs({ whenFailed: "fail", whenLost: "keep", runOnEveryUp: true });
    expect(decide({ recorded: recorded({ status: "failed" }), news, endIsNews: true })).toEqual(updates("stops: "));
    expect(decide({ recorded: recorded({ missing: "lost" }), news })).toMatchObject({ kind: "same" });
  });

  test("runOnEveryUp starts a new run only after the last one has ended", () => {
    const news = inputs({ runOnEveryUp: true, waitFor: "completed" });
    expect(decide({ news, recorded: recorded({ status: "completed" }) })).toEqual(replaces("runOnEveryUp"));
    expect(decide({ news, recorded: recorded({ status: "running" }) })).toEqual(updates());
  });

  test.each(["failed", "aborted"])(
    "runOnEveryUp starts a new run even if the policy keeps a run that ended %s",
    (status) => {
      const news = (policy: string, more = {}) =>
        inputs({ runOnEveryUp: true, whenFailed: policy, whenAborted: policy, ...more });
      expect(decide({ news: news("keep"), recorded: recorded({ status }) })).toEqual(replaces("runOnEveryUp"));
      expect(decide({ news: news("fail"), recorded: recorded({ status }) })).toEqual(updates());
      const taken = news("keep", { existingExecutionId: "r1" });
      expect(decide({ news: taken, recorded: recorded({ status, adopted: true }) })).toMatchObject({ kind: "same" });
    },
  );

  test("inputs for the deletion are recorded even if the policy keeps a failed run", () => {
    const kept = decide({ recorded: recorded({ status: "failed" }), news: inputs({ deleteRecord: true }) });
    expect(kept).toMatchObject({ kind: "update", warnings: [expect.stringContaining("It is kept")] });
    const news = inputs({ whenLost: "keep", onDelete: "leave" });
    const lost = decide({ recorded: recorded({ missing: "lost" }), news });
    expect(lost).toMatchObject({ kind: "update", warnings: [expect.stringContaining("is lost")] });
  });

  describe("a run adopted by its id", () => {
    const desired = { existingExecutionId: "r1", onDelete: "leave" };
    const adopted = (more: Partial<ExecutionOutputs> = {}) => recorded({ adopted: true, onDelete: "leave", ...more });
    test("is never started again while the program names it", () => {
      const news = inputs({ ...desired, triggers: [1], composeFileCode: text.replace("busybox", "alpine") });
      expect(decide({ recorded: adopted(), news })).toEqual(same());
      const awaited = inputs({ ...desired, waitFor: "completed" });
      expect(decide({ recorded: adopted({ status: "failed" }), news: awaited })).toEqual(updates("adopted by its id"));
      const everyUp = inputs({ ...desired, runOnEveryUp: true });
      expect(decide({ recorded: adopted({ status: "completed" }), news: everyUp })).toEqual(same());
    });
    test("is dropped and not aborted when the program no longer names it", () => {
      const decision = decide({ recorded: adopted(), news: inputs() });
      expect(decision).toEqual(replaces("leaves run r1"));
      expect(decision).toEqual(replaces("existingExecutionId was removed"));
    });
  });
});
