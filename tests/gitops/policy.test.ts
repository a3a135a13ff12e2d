import { Pipeline } from "./pipeline";

jest.setTimeout(300_000);

test.each(["dynamic", "plugin"] as const)(
  "what the policy does not allow is refused, and nothing starts (%s)",
  (host) =>
    Pipeline.run(`policy-${host}`, "program", host, async (pipeline) => {
      pipeline.write("lyceum-policy.yaml", "pinnedImages: true\nmaxTimeout: 120\n");
      const refused = await pipeline.ci("preview", "--format", "github", "--summary", "out/s.md");
      expect(refused.exitCode).toBe(1);
      expect(refused.output).toMatch(
        /^job\.yaml:3:12 error LYC5103: Job: image registry\.example\.com\/job:1 of service job has no digest\./im,
      );
      expect(refused.output).toMatch(/^::error file=\S*job\.yaml,line=3,.*title=LYC5103::/m);
      expect(pipeline.read("out/s.md")).toContain(
        "**The policy does not allow this: 3 violations.** Nothing would start.",
      );
      const apply = await pipeline.ci("apply", "--summary", "out/s.md");
      expect(apply).toMatchObject({ exitCode: 1, starts: 0 });
      expect(apply.output).toContain("error LYC5101: ");
      expect(await pipeline.starts()).toBe(0);
      pipeline.write("lyceum-policy.yaml", "maxTimeout: 300\n");
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 2 });
      await pipeline.ci("destroy");
    }),
);
