import { Pipeline } from "../pipeline";
import { SLOW } from "../slow-job";

/*
 * A stack in YAML, which runs through the plugin and needs Pulumi's language host for YAML: `npm run test:long` has it.
 */

test("the summary and the JSON name a misspelled property, although Pulumi reports no error", () =>
  Pipeline.run("yaml-misspelt", "program-yaml", "plugin", async (pipeline) => {
    pipeline.write("Pulumi.yaml", pipeline.read("Pulumi.yaml").replace("composeFile: web", "composeFil: web"));
    for (const operation of ["preview", "apply"]) {
      const ended = await pipeline.ci(operation, "--summary", "out/s.md", "--json", "out/s.json");
      expect(ended).toMatchObject({ exitCode: 1, starts: 0 });
      expect(pipeline.read("out/s.md")).toMatch(/Pulumi's output[\s\S]*composeFil\b/);
      expect(JSON.parse(pipeline.read("out/s.json")).output.join("\n")).toMatch(/composeFil\b/);
    }
  }));

test("retainOnDelete, which only the engine sees, must be recorded before a destroy that runs the program", () =>
  Pipeline.run("yaml-retain", "program-yaml", "plugin", async (pipeline) => {
    pipeline.write("job.yaml", SLOW);
    const declared = pipeline.read("Pulumi.yaml").replace("      waitFor: completed\n", "      timeout: 600\n");
    const [head = "", web = ""] = declared.split(/(?=^ {2}web:)/m);
    const plugins = web.slice(web.indexOf("plugins:"));
    const retained = `${head}      retainOnDelete: true\n`;
    pipeline.write("Pulumi.yaml", `${head}${plugins}`);
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 1 });
    // If a resource without this option depends on a new resource, the engine deletes it with the recorded option.
    pipeline.write("Pulumi.yaml", `${retained}      dependsOn: ["\${web}"]\n${web}`);
    const stopped = await pipeline.ci("destroy", "--run-program");
    expect(stopped).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("* job: retainOnDelete is recorded as false, and the program declares true"),
    });
    const statuses = async () => (await pipeline.control.executions()).map(({ status }) => status);
    expect(await statuses()).toEqual(["running"]);
    pipeline.write("Pulumi.yaml", `${retained}${plugins}`);
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 0 });
    const again = retained.replace('triggers: ["1"]', 'triggers: ["2"]');
    pipeline.write("Pulumi.yaml", `${again}${plugins}`);
    expect(await pipeline.ci("preview", "--summary", "out/s.md")).toMatchObject({ exitCode: 0, starts: 0 });
    expect(pipeline.read("out/s.md")).toMatch(/\| leaves run \S+ \(.*\) and starts a new run \| job \|/);
    expect(await pipeline.ci("apply", "--summary", "out/s.md")).toMatchObject({ exitCode: 0, starts: 1 });
    expect(pipeline.read("out/s.md")).toContain("| deleted; its run goes on if it is active | job |");
    expect(await statuses()).toEqual(["running", "running"]);
    expect(await pipeline.ci("destroy", "--run-program", "--preview-only", "--summary", "out/s.md")).toMatchObject({
      exitCode: 0,
    });
    const previewed = pipeline.read("out/s.md");
    expect(previewed).toMatch(
      /\| is deleted; run \S+ goes on if it is active \| job \| the stack would be destroyed \|/,
    );
    const destroyed = await pipeline.ci("destroy", "--run-program", "--summary", "out/s.md");
    expect(destroyed).toMatchObject({ exitCode: 0, starts: 0 });
    expect(pipeline.read("out/s.md")).toContain("| deleted; its run goes on if it is active | job |");
    expect(await statuses()).toEqual(["running", "running"]);
  }));
