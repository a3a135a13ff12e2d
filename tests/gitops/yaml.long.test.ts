import { Pipeline } from "./pipeline";

jest.setTimeout(400_000);

/*
 * A stack in YAML, which runs through the plugin and needs Pulumi's language host for YAML: `npm run test:long` has it.
 */

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
