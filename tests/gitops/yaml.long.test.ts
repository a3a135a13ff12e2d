import { waitUntil } from "../harness/wait";
import { Pipeline } from "./pipeline";

jest.setTimeout(400_000);

/*
 * A stack in YAML, which runs through the plugin and needs Pulumi's language host for YAML: `npm run test:long` has it.
 */

test("a stack in YAML is previewed, applied, killed, applied again, watched and destroyed", () =>
  Pipeline.run("yaml", "program-yaml", "plugin", async (pipeline) => {
    const preview = await pipeline.ci("preview", "--summary", "out/s.md");
    expect(preview).toMatchObject({ exitCode: 0, starts: 0 });
    expect(pipeline.read("out/s.md")).toContain("**2 runs would start, 0 runs would be aborted.**");
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 2 });

    pipeline.write("web.yaml", pipeline.read("web.yaml").replace("web:1", "web:2"));
    await pipeline.ci("preview", "--summary", "out/s.md");
    expect(pipeline.read("out/s.md")).toMatch(
      /\| web \| aborts run \S+ \(running\) and starts a new run \| image changed in services\.web \|/,
    );
    expect(pipeline.read("out/s.md")).toContain("1 execution would not change.");

    // The pipeline is killed when the new run has been started.
    pipeline.start("apply").ended.catch(() => undefined);
    await waitUntil("the new run", 60, async () => (await pipeline.starts()) === 3);
    await pipeline.killAll();
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 0 });
    expect(pipeline.locks()).toEqual([]);
    expect(await pipeline.ci("drift")).toMatchObject({ exitCode: 0, starts: 0 });
    expect(await pipeline.ci("destroy")).toMatchObject({ exitCode: 0, starts: 0 });
    const runs = await pipeline.control.executions();
    expect(runs.map(({ status }) => status).filter((status) => status === "running")).toEqual([]);
  }));

test("a misspelt property is named in the summary and in the JSON, though Pulumi reports no error", () =>
  Pipeline.run("yaml-misspelt", "program-yaml", "plugin", async (pipeline) => {
    pipeline.write("Pulumi.yaml", pipeline.read("Pulumi.yaml").replace("composeFile: web", "composeFil: web"));
    for (const operation of ["preview", "apply"]) {
      const ended = await pipeline.ci(operation, "--summary", "out/s.md", "--json", "out/s.json");
      expect(ended).toMatchObject({ exitCode: 1, starts: 0 });
      expect(pipeline.read("out/s.md")).toMatch(/Pulumi's output[\s\S]*composeFil\b/);
      expect(JSON.parse(pipeline.read("out/s.json")).output.join("\n")).toMatch(/composeFil\b/);
    }
  }));
