import { Pipeline } from "./pipeline";
import { PolicyPack } from "./policy-pack";

jest.setTimeout(300_000);

/** The lines of violations in an output, each once. */
const violationsIn = (output: string) =>
  [
    ...new Set([...output.matchAll(/^.*?((?:\S+\.yaml:\d+:\d+ )?error LYC51\d\d: .*)$/gm)].map(([, line]) => line)),
  ].sort();

test.each(["dynamic", "plugin"] as const)(
  "a pack refuses what ci preview refuses, with the same lines, and nothing starts (%s)",
  (host) =>
    Pipeline.run(`policy-pack-${host}`, "program", host, async (pipeline) => {
      const pack = new PolicyPack(pipeline);
      pipeline.write("lyceum-policy.yaml", "pinnedImages: true\nmaxTimeout: 120\n");
      const lines = violationsIn((await pipeline.ci("preview")).output);
      expect(lines).toHaveLength(3);
      await pipeline.pulumi("stack", "init", "dev");
      const preview = await pack.pulumi("preview", "--stack", "dev");
      expect([preview.exitCode === 0, violationsIn(preview.output)]).toEqual([false, lines]);
      expect(preview.output).toMatch(/\[mandatory\] +lyceum-pinned-images .*ComposeExecution: job/);
      const up = await pack.pulumi("up", "--stack", "dev", "--yes", "--skip-preview");
      expect([up.exitCode === 0, up.starts]).toEqual([false, 0]);
      expect(up.output).toContain("error LYC5103: ");

      pipeline.write("lyceum-policy.yaml", "maxTimeout: 300\nmaxCost: 0.0001\n");
      const costly = await pack.pulumi("preview", "--stack", "dev");
      expect([costly.exitCode === 0, violationsIn(costly.output)]).toEqual([
        false,
        violationsIn((await pipeline.ci("preview")).output),
      ]);
      expect(costly.output).toContain("error LYC5107: The runs cost up to ");

      pipeline.write("lyceum-policy.yaml", "maxTimeout: 300\nmaxCost: 10\n");
      expect(await pack.pulumi("up", "--stack", "dev", "--yes")).toMatchObject({ exitCode: 0, starts: 2 });
      // Runs that go on cost nothing more.
      pipeline.write("lyceum-policy.yaml", "maxCost: 0.0001\n");
      expect(await pack.pulumi("preview", "--stack", "dev")).toMatchObject({ exitCode: 0, starts: 0 });
      await pipeline.ci("destroy");
    }),
);
