import { createWorld, running, someInputs } from "../testing/world";
import { updateExecution } from "./update";

describe("an end that a command finds", () => {
  const kept = { whenFailed: "keep" };

  test.each([
    ["new, of a run that is kept", "news", kept, ["record run-1"]],
    ["recorded, of a run that is kept", "recorded", kept, []],
    ["recorded, of a run that stops", "recorded", { whenFailed: "fail" }, ["record run-1"]],
    ["recorded, of a run that reached its desired state", "completed", { waitFor: "completed" }, []],
  ])("is read if it is %s", async (_, end, policy, expected) => {
    const world = await running();
    const { outputs, service } = world;
    for (const run of service.runs) service.end(run, end === "completed" ? "completed" : "failed", 3);
    service.calls.length = 0;
    const ended = {
      ...outputs,
      status: end === "completed" ? "completed" : "failed",
      ...(end === "news" ? { endUnread: true as const } : {}),
    };
    const keptOut: string[] = [];
    const { context } = createWorld(world);
    const client = { ...context.client, keepOut: () => void keptOut.push("secrets") };
    await updateExecution({ ...context, client }, ended, someInputs(policy)).catch(() => undefined);
    const reads = service.calls.filter((call) => call.startsWith("record"));
    expect(reads).toEqual(expected);
    // The client gets the secrets before the record is read.
    expect(keptOut.length > 0).toBe(expected.length > 0);
  });

  test("starts no new run at once, even if the policy is rerun, and reports what the next `up` does", async () => {
    const { context, outputs, service } = await running();
    for (const run of service.runs) service.end(run, "completed", 3);
    const ended = { ...outputs, status: "completed", endUnread: true as const };
    await expect(updateExecution(context, ended, someInputs({ whenFailed: "rerun" }))).rejects.toMatchObject({
      id: "run-1",
      reasons: [expect.stringMatching(/^LYC3001: .*The next `pulumi up` starts a new run\./s)],
    });
  });

  test.each([
    ["rerun", undefined, /^LYC3001: Run run-1 failed.* The next `pulumi up` starts a new run\./],
    ["rerun", true, /^LYC3011: Run run-1 \(adopted by its id\) failed.*Remove `existingExecutionId`/],
    ["fail", true, /^LYC3011: Run run-1 failed.*because whenFailed is "fail"/],
    ["fail", undefined, /^LYC3011: Run run-1 failed.*because whenFailed is "fail"/],
  ] as const)("of a run with whenFailed %s, adopted by its id: %s", async (whenFailed, adopted, reason) => {
    const { context, outputs } = await running();
    const ended = { ...outputs, status: "failed", ...(adopted === undefined ? {} : { adopted }) };
    await expect(updateExecution(context, ended, someInputs({ whenFailed }))).rejects.toMatchObject({
      reasons: [expect.stringMatching(reason)],
    });
    const keptRun = await updateExecution(context, ended, someInputs({ whenFailed: "keep" }));
    expect(keptRun).toMatchObject({ status: "failed" });
  });
});
