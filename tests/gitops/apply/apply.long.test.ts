import { untilAskedAgain } from "../../harness/emulator/ending";
import { waitUntil } from "../../harness/wait";
import { Pipeline } from "../pipeline";
import { only, SLOW, untilWaited } from "../slow-job";

jest.setTimeout(300_000);

test("a failed run ends the apply with 1 only when its success is awaited", () =>
  Pipeline.run("failing", "program", "dynamic", async (pipeline) => {
    const failing = SLOW.replace("run: 600", "run: 0.2, exitCode: 3");
    pipeline.write("job.yaml", failing);
    pipeline.write("executions.json", only({ waitFor: "completed", whenFailed: "keep" }));
    const first = await pipeline.ci("apply", "--summary", "out/s.md", "--json", "out/s.json");
    expect(first).toMatchObject({ exitCode: 1, starts: 1 });
    expect(pipeline.read("out/s.md")).toContain("Awaited, but without success: job.");
    expect(JSON.parse(pipeline.read("out/s.json"))).toMatchObject({
      result: "failed",
      executions: [{ name: "job", status: "failed", returnCode: 3, hasNotSucceeded: true }],
    });
    // Pulumi keeps the run and succeeds, but the exit code shows that a run has failed.
    const kept = await pipeline.ci("apply", "--summary", "out/s.md");
    expect(kept).toMatchObject({ exitCode: 1, starts: 0, output: expect.stringContaining("job: run ") });
    pipeline.write("executions.json", only({ waitFor: "running", whenFailed: "keep" }));
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 0 });
  }));

test("of two applies at once, one waits for the other", () =>
  Pipeline.run("two", "program", "dynamic", async (pipeline) => {
    pipeline.write("job.yaml", SLOW);
    pipeline.write("executions.json", only({ waitFor: "completed" }));
    const first = pipeline.start("apply");
    const run = await untilWaited(pipeline);
    const refused = await pipeline.ci("apply", "--lock-wait", "0", "--summary", "out/s.md");
    expect(refused).toMatchObject({
      exitCode: 3,
      output: expect.stringMatching(/LYC5003: The stack is locked by \S+@\S+ \(pid \d+\)/),
    });
    expect(pipeline.read("out/s.md")).toContain("another command has locked the stack");
    const second = pipeline.start("apply", "--lock-wait", "120");
    await waitUntil("the second one to wait", 60, () => second.shown().includes("waiting up to 120 s"));
    await pipeline.control.end(run, { status: "completed", returnCode: 0 });
    expect((await pipeline.ended(first)).exitCode).toBe(0);
    expect((await pipeline.ended(second)).exitCode).toBe(0);
    expect(await pipeline.starts()).toBe(1);
  }));

test("an apply changes nothing when one of the Compose files is not valid, also without a policy", () =>
  Pipeline.run("not-valid", "program", "dynamic", async (pipeline) => {
    const web = { composeFile: "web.yaml", timeout: 600 };
    pipeline.write("web.yaml", SLOW);
    pipeline.write("executions.json", JSON.stringify({ web }));
    expect((await pipeline.ci("apply")).exitCode).toBe(0);
    const before = await pipeline.state();
    // This change would replace the run of the first resource, and its result may be all that an `up` shows.
    pipeline.write("web.yaml", SLOW.replace("/job:1", "/job:2"));
    pipeline.write("bad.yaml", "services:\n  job:\n    imgae: registry.example.com/job:1\n");
    pipeline.write("executions.json", JSON.stringify({ web, bad: { composeFile: "bad.yaml" } }));
    const refused = await pipeline.ci("apply", "--summary", "out/s.md");
    expect(refused).toMatchObject({ exitCode: 1, starts: 0, output: expect.stringContaining("LYC2105") });
    expect(pipeline.read("out/s.md")).toContain("LYC2105");
    expect((await pipeline.state()).deployment.resources).toEqual(before.deployment.resources);
    expect((await pipeline.control.executions()).map(({ status }) => status)).toEqual(["running"]);
  }));

test("a run whose creation was interrupted is not forgotten when the program no longer declares it", () =>
  Pipeline.run("reverted", "program", "dynamic", async (pipeline) => {
    // Another run stays in the stack, because without any run the scope would be deleted too.
    const kept = { web: { composeFile: "web.yaml", timeout: 600 } };
    pipeline.write("web.yaml", SLOW);
    pipeline.write("executions.json", JSON.stringify(kept));
    expect((await pipeline.ci("apply")).exitCode).toBe(0);
    const job = { composeFile: "job.yaml", timeout: 600, waitFor: "completed" };
    pipeline.write("job.yaml", SLOW);
    pipeline.write("executions.json", JSON.stringify({ ...kept, job }));
    pipeline.start("apply").ended.catch(() => undefined);
    const run = await waitUntil("the run", 60, async () => {
      const runs = await pipeline.control.executions();
      return runs.find(({ fileName, status }) => fileName?.endsWith("-job") && status === "running");
    });
    await untilAskedAgain(pipeline);
    await pipeline.killAll();
    pipeline.write("executions.json", JSON.stringify(kept));
    const reverted = await pipeline.ci("apply", "--summary", "out/s.md");
    expect(reverted).toMatchObject({
      exitCode: 1,
      starts: 0,
      output: expect.stringMatching(/LYC5004: .*: creating urn:\S+::job\./),
    });
    expect(pipeline.read("out/s.md")).toMatch(/^\* creating urn:\S+::job$/m);
    expect((await pipeline.state()).deployment.pending_operations).toHaveLength(1);
    // If the resource is declared again, its run is found.
    pipeline.write("executions.json", JSON.stringify({ ...kept, job: { ...job, waitFor: "running" } }));
    expect(await pipeline.ci("apply", "--json", "out/s.json")).toMatchObject({ exitCode: 0, starts: 0 });
    const { executions } = JSON.parse(pipeline.read("out/s.json"));
    expect(executions).toContainEqual(expect.objectContaining({ name: "job", executionId: run.executionId }));
    expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
  }));
