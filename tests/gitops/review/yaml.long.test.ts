import { Pipeline } from "../pipeline";

/*
 * A stack in YAML, which runs through the plugin and needs Pulumi's language host for YAML: `npm run test:long` has it.
 */

test("a stack in YAML: what was reviewed is applied, and an altered commit is not", () =>
  Pipeline.run("review-yaml", "program-yaml", "plugin", async (pipeline) => {
    const preview = () => pipeline.ci("preview", "--save", "out/review.json");
    const apply = () => pipeline.ci("apply", "--reviewed", "out/review.json", "--summary", "out/s.md");
    expect((await preview()).exitCode).toBe(0);
    const reviewed = pipeline.read("Pulumi.yaml");
    pipeline.write("Pulumi.yaml", reviewed.replace("timeout: 300", "timeout: 500"));
    expect(await apply()).toMatchObject({ exitCode: 4, starts: 0 });
    expect(pipeline.read("out/s.md")).toContain("| web | timeout | 300 | 500 |");
    pipeline.write("Pulumi.yaml", reviewed);
    expect(await apply()).toMatchObject({ exitCode: 0, starts: 2 });
    expect(await apply()).toMatchObject({ exitCode: 0, starts: 0 });
  }));
