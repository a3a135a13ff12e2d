import { untilAskedAgain } from "../../harness/emulator/ending";
import { ONE_HOST } from "../../harness/register";
import { waitUntil } from "../../harness/wait";
import { Pipeline } from "../pipeline";
import { only, SLOW, untilWaited } from "../slow-job";

describe.each(ONE_HOST)("a stopped apply through the %s host", (host) => {
  test("SIGTERM saves the run, and the next apply continues with it", () =>
    Pipeline.run(`stopped-${host}`, "program", host, async (pipeline) => {
      pipeline.write("job.yaml", SLOW);
      pipeline.write("executions.json", only({ waitFor: "completed" }));
      const apply = pipeline.start("apply", "--summary", "out/s.md");
      const run = await untilWaited(pipeline);
      // As at the end of a job, only the command receives the signal, and passes it on. The dynamic provider ends its
      // wait at the second signal. The test sends that one later, because the system merges two pending signals of one
      // kind.
      process.kill(apply.pid, "SIGTERM");
      await waitUntil("Pulumi to have the signal", () => apply.shown().includes("cancelling"));
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
      expect(ended.output).toMatch(
        /locked by \S+ \(pid \d+\) at \S+ \(.* ago\), a command of this machine that was killed\. Its lock is removed\./,
      );
      // The command has already done what Pulumi advises about pending operations.
      expect(ended.output).toContain("1 pending operation(s) of a killed command are cleared by a refresh.");
      expect(ended.output).not.toMatch(/unknown state because|confirmed the status|run interactively/);
      expect(pipeline.read("out/s.md")).not.toContain("pending operations");
      expect(ended.exitCode).toBe(0);
      expect(await pipeline.starts()).toBe(1);
      expect(pipeline.locks()).toEqual([]);
      expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
    }));
});
