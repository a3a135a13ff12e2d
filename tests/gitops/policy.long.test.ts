import { Pipeline } from "./pipeline";

jest.setTimeout(300_000);

interface SarifResult {
  readonly ruleId: string;
  readonly locations: readonly [
    {
      readonly physicalLocation: { readonly artifactLocation: { uri: string }; readonly region: { startLine: number } };
    },
  ];
}

test("what the policy does not allow is refused, and nothing starts", () =>
  Pipeline.run("policy", "program", "dynamic", async (pipeline) => {
    pipeline.write("lyceum-policy.yaml", "pinnedImages: true\nmaxTimeout: 120\n");
    const web = pipeline.read("web.yaml");
    pipeline.write("web.yaml", `include: [part.yaml]\n${web}`);
    pipeline.write("part.yaml", "services: { part: { image: registry.example.com/part:1 } }\n");
    const refused = await pipeline.ci(
      "preview",
      "--format",
      "github",
      "--summary",
      "out/s.md",
      "--sarif",
      "out/log.sarif",
    );
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toMatch(
      /^job\.yaml:3:12 error LYC5103: Job: image registry\.example\.com\/job:1 of service job has no digest\./im,
    );
    expect(refused.output).toMatch(/^::error file=\S*job\.yaml,line=3,.*title=LYC5103::/m);
    const { tool, results } = JSON.parse(pipeline.read("out/log.sarif")).runs[0];
    const places = results.map(({ ruleId, locations: [{ physicalLocation: at }] }: SarifResult) => [
      ruleId,
      at.artifactLocation.uri,
      at.region.startLine,
    ]);
    expect(places.sort()).toEqual([
      // The timeout is nowhere in a Compose file.
      ["LYC5101", "lyceum-policy.yaml", 1],
      ["LYC5103", "job.yaml", 3],
      ["LYC5103", "part.yaml", 1],
      ["LYC5103", "web.yaml", 4],
    ]);
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["LYC5101", "LYC5103"]);
    // What stands above the rows must not deny them.
    const summary = pipeline.read("out/s.md");
    expect(summary).toContain("**The policy does not allow this: 4 violations.** `ci apply` refuses it");
    expect(summary).toMatch(/If the policy allowed it:\n\n\*\*2 runs would start[\s\S]*\| job \| starts a run \|/);
    expect(summary).not.toContain("Nothing would start");
    const apply = await pipeline.ci("apply", "--summary", "out/s.md");
    expect(apply).toMatchObject({ exitCode: 1, starts: 0 });
    expect(apply.output).toContain("error LYC5101: ");
    expect(await pipeline.starts()).toBe(0);
    pipeline.write("web.yaml", web);
    pipeline.write("lyceum-policy.yaml", "maxTimeout: 300\n");
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 2 });
    await pipeline.ci("destroy");
  }));
