import { waitUntil } from "../../harness/wait";
import { Pipeline } from "../pipeline";
import { only, SLOW, untilWaited } from "../slow-job";

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
    await waitUntil("the second one to wait", () => second.shown().includes("waiting up to 120 s"));
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
    // This change would replace the run of the first resource. An `up` may show only that result.
    pipeline.write("web.yaml", SLOW.replace("/job:1", "/job:2"));
    pipeline.write("bad.yaml", "services:\n  job:\n    imgae: registry.example.com/job:1\n");
    pipeline.write("executions.json", JSON.stringify({ web, bad: { composeFile: "bad.yaml" } }));
    const refused = await pipeline.ci("apply", "--summary", "out/s.md");
    expect(refused).toMatchObject({ exitCode: 1, starts: 0, output: expect.stringContaining("LYC2105") });
    expect(pipeline.read("out/s.md")).toContain("LYC2105");
    expect((await pipeline.state()).deployment.resources).toEqual(before.deployment.resources);
    expect((await pipeline.control.executions()).map(({ status }) => status)).toEqual(["running"]);
  }));
