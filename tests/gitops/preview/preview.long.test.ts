import { join } from "node:path";
import { compareGolden } from "../../harness/golden/golden";
import { Names } from "../../harness/golden/names";
import { hostOfProject } from "../../harness/workspace";
import { Pipeline } from "../pipeline";

const FORMS = ["--format", "github", "--sarif", "out/log.sarif", "--codequality", "out/quality.json"];

test.each([hostOfProject()])("a pull request is previewed, and merged (%s)", (host) =>
  Pipeline.run(`preview-${host}`, "program", host, async (pipeline) => {
    const names = new Names(true);
    const golden = async (title: string, ...args: readonly string[]) => {
      const first = await pipeline.ci("preview", "--summary", "out/summary.md", "--json", "out/data.json", ...args);
      for (const { executionId, fileName } of await pipeline.emulator.control.executions()) {
        names.execution(executionId, fileName);
      }
      sections.push(`# ${title}: exit ${first.exitCode}\n\n${names.apply(pipeline.read("out/summary.md"))}`);
      return first;
    };
    const sections: string[] = [];
    const again = async () => {
      const text = pipeline.read("out/summary.md");
      const ended = await pipeline.ci("preview", "--summary", "out/summary.md");
      // Two previews of the same input give the same text.
      expect(pipeline.read("out/summary.md")).toBe(text);
      expect(ended.exitCode).toBe(0);
      return ended;
    };

    await golden("a stack that does not exist yet");
    expect((await again()).output).not.toContain("already exists");
    expect(await pipeline.starts()).toBe(0);

    expect(await pipeline.ci("apply", "--summary", "out/apply.md")).toMatchObject({ exitCode: 0, starts: 2 });
    await golden("nothing changes");

    pipeline.write("web.yaml", pipeline.read("web.yaml").replace("web:1", "web:2"));
    pipeline.write("executions.json", pipeline.read("executions.json").replace('["1"]', '["2"]'));
    await golden("one image and one trigger change");
    await again();

    pipeline.write("web.yaml", pipeline.read("web.yaml").replace("image:", "imgae: x\n    image:"));
    const refused = await golden("a Compose document has an error", ...FORMS);
    expect(refused.output).toMatch(/^::error file=\S*web\.yaml,line=3,endLine=3,col=5,endColumn=10,title=LYC2105::/m);
    expect(JSON.parse(pipeline.read("out/quality.json"))).toMatchObject([
      { check_name: "LYC2105", severity: "major", location: { path: "web.yaml", lines: { begin: 3 } } },
    ]);
    expect(JSON.parse(pipeline.read("out/log.sarif")).runs[0].results[0]).toMatchObject({ ruleId: "LYC2105" });
    expect(JSON.parse(pipeline.read("out/data.json"))).toMatchObject({ result: "failed", diagnostics: [{ line: 3 }] });
    expect(await pipeline.starts()).toBe(2);

    compareGolden(join(__dirname, "golden", `preview-${host}.md`), sections.join("\n"));
  }),
);
