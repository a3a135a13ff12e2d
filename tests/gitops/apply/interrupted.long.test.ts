import { join } from "node:path";
import { start } from "../../harness/processes/run";
import { ONE_HOST } from "../../harness/register";
import { ROOT } from "../../harness/root";
import { Pipeline } from "../pipeline";
import { killedCreate, SLOW } from "../slow-job";

const pendingIn = async (pipeline: Pipeline) => (await pipeline.state()).deployment.pending_operations ?? [];
const reportIn = (pipeline: Pipeline) => JSON.parse(pipeline.read("out/s.json"));
const FILES = ["--summary", "out/s.md", "--json", "out/s.json"];

test.each(ONE_HOST)("the run of a killed create that is no longer declared is reported, not forgotten (%s)", (host) =>
  Pipeline.run(`interrupted-${host}`, "program", host, async (pipeline) => {
    // Another run stays in the stack. Without any run, the scope would be deleted too.
    const kept = { web: { composeFile: "web.yaml", timeout: 600 } };
    pipeline.write("web.yaml", SLOW);
    pipeline.write("executions.json", JSON.stringify(kept));
    expect((await pipeline.ci("apply")).exitCode).toBe(0);
    pipeline.write("job.yaml", SLOW);
    const job = { composeFile: "job.yaml", timeout: 600, waitFor: "completed" };
    pipeline.write("executions.json", JSON.stringify({ ...kept, job }));
    const executionId = await killedCreate(pipeline);
    const abort = `npx pulumi-lyceum abort ${executionId}`;
    pipeline.write("executions.json", JSON.stringify(kept));

    const urn = expect.stringMatching(/::job$/);
    const run = { executionId, status: "running", isActive: true, label: "job", urn, abort };
    expect((await pipeline.ci("drift", ...FILES)).exitCode).toBe(0);
    expect(reportIn(pipeline)).toMatchObject({ pending: [{ operation: "creating", urn }], unrecordedRuns: [run] });
    expect(pipeline.read("out/s.md")).toContain(`| job | ${executionId} | running | ${abort} |`);

    // As long as the runs cannot be listed, the pending operation may be the only trace of the run.
    for (const operation of ["listWorkloads", "getBillingHistory"])
      await pipeline.control.fault({ operation, times: "always", fault: { kind: "status", status: 403 } });
    expect(await pipeline.ci("apply", ...FILES)).toMatchObject({
      exitCode: 1,
      starts: 0,
      output: expect.stringMatching(/LYC5004: .*: creating urn:\S+::job \(GET \/workloads\/list answered 403/),
    });
    expect(reportIn(pipeline)).toMatchObject({
      result: "failed",
      pending: [{ reason: expect.stringContaining("403") }],
    });
    expect(pipeline.read("out/s.md")).toContain("**Apply failed.** Pulumi has succeeded.");
    expect(await pendingIn(pipeline)).toHaveLength(1);
    await pipeline.control.clearFaults();

    const reverted = await pipeline.ci("apply", ...FILES);
    expect(reverted).toMatchObject({ exitCode: 0, starts: 0, output: expect.stringContaining(`run \`${abort}\``) });
    expect(reportIn(pipeline)).toMatchObject({ result: "succeeded", pending: [], unrecordedRuns: [run] });
    expect(pipeline.read("out/s.md")).toContain(`| job | ${executionId} | running | ${abort} |`);
    expect(await pendingIn(pipeline)).toEqual([]);
    const statuses = async () => (await pipeline.control.executions()).map(({ status }) => status);
    expect(await statuses()).toEqual(["running", "running"]);

    // The next apply reports nothing. Drift names the run until the printed command has ended it.
    expect((await pipeline.ci("apply", ...FILES)).exitCode).toBe(0);
    expect(reportIn(pipeline).unrecordedRuns).toEqual([]);
    expect((await pipeline.ci("drift", ...FILES)).exitCode).toBe(0);
    expect(reportIn(pipeline).unrecordedRuns).toEqual([{ ...run, urn: null }]);
    const main = join(ROOT, "dist", "cli", "main.js");
    const options = { cwd: pipeline.work.program, env: pipeline.environment };
    const [, , ...words] = abort.split(" ");
    expect((await start(process.execPath, [main, ...words], options).ended).exitCode).toBe(0);
    expect((await pipeline.ci("drift", ...FILES)).exitCode).toBe(0);
    expect(reportIn(pipeline).unrecordedRuns).toEqual([]);
  }),
);
