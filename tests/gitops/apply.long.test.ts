import { untilAskedAgain } from "../harness/emulator/ending";
import { waitUntil } from "../harness/wait";
import { hostOfProject } from "../harness/workspace";
import { Pipeline } from "./pipeline";

jest.setTimeout(300_000);

/** A run that ends when the test wants it to. */
const SLOW = "services:\n  job:\n    image: registry.example.com/job:1\nx-lyceum-sim: { start: 0, run: 600 }\n";
const only = (args: Record<string, unknown>) =>
  JSON.stringify({ job: { composeFile: "job.yaml", timeout: 600, ...args } });

/** Waits until the run of the pipeline is waited for. */
async function untilWaited(pipeline: Pipeline): Promise<string> {
  const run = await waitUntil("the run", 60, async () => {
    const [first] = await pipeline.control.executions();
    return first?.status === "running" ? first : undefined;
  });
  await untilAskedAgain(pipeline);
  return run.executionId;
}

describe.each([hostOfProject()])("%s", (host) => {
  test("an awaited run that fails ends the apply with 1, and one that nobody awaits does not", () =>
    Pipeline.run(`failing-${host}`, "program", host, async (pipeline) => {
      const failing = SLOW.replace("run: 600", "run: 0.2, exitCode: 3");
      pipeline.write("job.yaml", failing);
      pipeline.write("executions.json", only({ waitFor: "completed", whenFailed: "keep" }));
      const first = await pipeline.ci("apply", "--summary", "out/s.md", "--json", "out/s.json");
      expect(first).toMatchObject({ exitCode: 1, starts: 1 });
      expect(pipeline.read("out/s.md")).toContain("Awaited, but without success: job.");
      expect(JSON.parse(pipeline.read("out/s.json"))).toMatchObject({
        ending: "failed",
        executions: [{ name: "job", status: "failed", returnCode: 3, hasNotSucceeded: true }],
      });
      // Pulumi keeps the run and succeeds; the pipeline still has a run that did not.
      const kept = await pipeline.ci("apply", "--summary", "out/s.md");
      expect(kept).toMatchObject({ exitCode: 1, starts: 0, output: expect.stringContaining("job: run ") });
      pipeline.write("executions.json", only({ waitFor: "running", whenFailed: "keep" }));
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 0 });
    }));

  test("of two applies at once, one waits for the other", () =>
    Pipeline.run(`two-${host}`, "program", host, async (pipeline) => {
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

  test("SIGTERM saves the run, and the next apply continues with it", () =>
    Pipeline.run(`stopped-${host}`, "program", host, async (pipeline) => {
      pipeline.write("job.yaml", SLOW);
      pipeline.write("executions.json", only({ waitFor: "completed" }));
      const apply = pipeline.start("apply", "--summary", "out/s.md");
      const run = await untilWaited(pipeline);
      // As the end of a job: to the command alone, which passes it on. The dynamic provider ends its wait at the second one, which is sent
      // once Pulumi has the first: the system merges two signals of one kind that nobody has taken yet.
      process.kill(apply.pid, "SIGTERM");
      await waitUntil("Pulumi to have the signal", 60, () => apply.shown().includes("cancelling"));
      if (host === "dynamic") process.kill(apply.pid, "SIGTERM");
      expect((await pipeline.ended(apply)).exitCode).toBe(130);
      expect(pipeline.read("out/s.md")).toContain("was stopped by a signal");
      expect(pipeline.locks()).toEqual([]);
      const next = pipeline.start("apply", "--json", "out/s.json");
      await untilAskedAgain(pipeline);
      await pipeline.control.end(run, { status: "completed", returnCode: 0 });
      expect((await pipeline.ended(next)).exitCode).toBe(0);
      expect(JSON.parse(pipeline.read("out/s.json")).executions).toMatchObject([
        { executionId: run, status: "completed" },
      ]);
      expect(await pipeline.starts()).toBe(1);
      expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
    }));

  test("after SIGKILL of everything, the next apply removes the lock and continues with the run", () =>
    Pipeline.run(`killed-${host}`, "program", host, async (pipeline) => {
      pipeline.write("job.yaml", SLOW);
      pipeline.write("executions.json", only({ waitFor: "completed" }));
      pipeline.start("apply").ended.catch(() => undefined);
      const run = await untilWaited(pipeline);
      await pipeline.killAll();
      expect(pipeline.locks()).toHaveLength(1);
      const next = pipeline.start("apply", "--json", "out/s.json", "--summary", "out/s.md");
      await untilAskedAgain(pipeline);
      await pipeline.control.end(run, { status: "completed", returnCode: 0 });
      const ended = await pipeline.ended(next);
      expect(ended.output).toMatch(/The lock of \S+ \(pid \d+\) at \S+ is removed: that process has ended\./);
      // What Pulumi advises about pending operations is done already.
      expect(ended.output).toContain("1 pending operation(s) of a killed command are cleared by a refresh.");
      expect(ended.output).not.toMatch(/unknown state because|confirmed the status|run interactively/);
      expect(pipeline.read("out/s.md")).not.toContain("pending operations");
      expect(ended.exitCode).toBe(0);
      expect(await pipeline.starts()).toBe(1);
      expect(pipeline.locks()).toEqual([]);
      expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
    }));

  test("a run that was being created, and that the program no longer declares, is not forgotten", () =>
    Pipeline.run(`reverted-${host}`, "program", host, async (pipeline) => {
      // Another run stays, and with it the scope of the stack: its deletion would abort the run.
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
      // Declared again, it is found again.
      pipeline.write("executions.json", JSON.stringify({ ...kept, job: { ...job, waitFor: "running" } }));
      expect(await pipeline.ci("apply", "--json", "out/s.json")).toMatchObject({ exitCode: 0, starts: 0 });
      const { executions } = JSON.parse(pipeline.read("out/s.json"));
      expect(executions).toContainEqual(expect.objectContaining({ name: "job", executionId: run.executionId }));
      expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
    }));
});
