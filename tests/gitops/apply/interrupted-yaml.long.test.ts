import { Pipeline } from "../pipeline";
import { killedCreate, SLOW } from "../slow-job";

const reportIn = (pipeline: Pipeline) => JSON.parse(pipeline.read("out/s.json"));

test("in YAML, a killed create whose run has ended is cleared, and the summary names the run", () =>
  Pipeline.run("interrupted-yaml", "program-yaml", "plugin", async (pipeline) => {
    pipeline.write("job.yaml", SLOW);
    const declared = pipeline.read("Pulumi.yaml");
    const executionId = await killedCreate(pipeline);
    await pipeline.control.end(executionId, { status: "completed", returnCode: 0 });
    const [head = "", rest = ""] = declared.split(/^ {2}job:\n/m);
    pipeline.write("Pulumi.yaml", `${head}${rest.slice(rest.indexOf("  web:\n"))}`);
    expect((await pipeline.ci("apply", "--summary", "out/s.md", "--json", "out/s.json")).exitCode).toBe(0);
    expect(reportIn(pipeline)).toMatchObject({
      result: "succeeded",
      pending: [],
      messages: [
        { name: "job", text: expect.stringContaining(`Its latest run ${executionId} has ended (completed).`) },
      ],
    });
    expect(pipeline.read("out/s.md")).toContain("**Warning of job**");
    expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
  }));
