import { hostOfProject } from "../../harness/workspace";
import { Pipeline } from "../pipeline";
import { PolicyPack } from "./policy-pack";

/** A service with a secret in plaintext. */
const SECRETS =
  "services:\n  db:\n    image: registry.example.com/db:1\n    environment: { API_TOKEN: written-out-here }\n";

/** The lines of violations in an output, each once. */
const violationsIn = (output: string) =>
  [
    ...new Set([...output.matchAll(/^.*?((?:\S+\.yaml:\d+:\d+ )?error LYC51\d\d: .*)$/gm)].map(([, line]) => line)),
  ].sort();

test.each([hostOfProject()])(
  "a pack refuses what ci preview refuses, with the same lines, and nothing starts (%s)",
  (host) =>
    Pipeline.run(`policy-pack-${host}`, "program", host, async (pipeline) => {
      const pack = new PolicyPack(pipeline);
      pipeline.write("lyceum-policy.yaml", "pinnedImages: true\nmaxTimeout: 120\nnoPlaintextSecrets: true\n");
      const job = pipeline.read("job.yaml");
      pipeline.write("job.yaml", `include: [secrets.yaml]\n${job}`);
      pipeline.write("secrets.yaml", SECRETS);
      const lines = violationsIn((await pipeline.ci("preview")).output);
      expect(lines.map((line) => line?.replace(/: .*/, ""))).toEqual([
        "error LYC5101",
        "job.yaml:4:12 error LYC5103",
        "secrets.yaml:3:12 error LYC5103",
        "secrets.yaml:4:31 error LYC5105",
        "web.yaml:3:12 error LYC5103",
      ]);
      const apply = await pipeline.ci("apply");
      expect([apply.exitCode, apply.starts, violationsIn(apply.output)]).toEqual([1, 0, lines]);
      const preview = await pack.pulumi("preview", "--stack", "dev");
      expect([preview.exitCode === 0, violationsIn(preview.output)]).toEqual([false, lines]);
      expect(preview.output).toMatch(/\[mandatory\] +lyceum-pinned-images .*ComposeExecution: job/);
      const up = await pack.pulumi("up", "--stack", "dev", "--yes", "--skip-preview");
      expect([up.exitCode === 0, up.starts]).toEqual([false, 0]);
      expect(up.output).toContain("error LYC5103: ");

      pipeline.write("job.yaml", job);
      pipeline.write("lyceum-policy.yaml", "maxTimeout: 300\nmaxCost: 0.0001\n");
      const costly = await pack.pulumi("preview", "--stack", "dev");
      expect([costly.exitCode === 0, violationsIn(costly.output)]).toEqual([
        false,
        violationsIn((await pipeline.ci("preview")).output),
      ]);
      expect(costly.output).toContain("error LYC5107: The runs cost up to ");

      pipeline.write("lyceum-policy.yaml", "maxTimeout: 300\nmaxCost: 10\n");
      expect(await pack.pulumi("up", "--stack", "dev", "--yes")).toMatchObject({ exitCode: 0, starts: 2 });
      // A run that only continues adds no cost.
      pipeline.write("lyceum-policy.yaml", "maxCost: 0.0001\n");
      expect(await pack.pulumi("preview", "--stack", "dev")).toMatchObject({ exitCode: 0, starts: 0 });
      // In a preview of an update, the dynamic provider's executions have no id of a run. So the pack treats each as a
      // new run.
      const executions = JSON.parse(pipeline.read("executions.json"));
      const changed = { ...executions, web: { ...executions.web, onDelete: "leave" } };
      pipeline.write("executions.json", JSON.stringify(changed));
      expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0 });
      const update = await pack.pulumi("preview", "--stack", "dev");
      expect(violationsIn(update.output)).toEqual(
        host === "plugin" ? [] : [expect.stringContaining("error LYC5107: The runs cost up to ")],
      );
      await pipeline.ci("destroy");
    }),
);

test.each([hostOfProject()])(
  "a file whose name is not known at preview: ci refuses it, and a pack decides at the update (%s)",
  (host) =>
    Pipeline.run(`policy-unknown-${host}`, "program", host, async (pipeline) => {
      const pack = new PolicyPack(pipeline);
      pipeline.write("lyceum-policy.yaml", "noPlaintextSecrets: true\n");
      pipeline.write("secrets.yaml", SECRETS);
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
      pipeline.write("late.yaml", 'include: ["${FILE}.yaml"]\n');
      const early = { composeFile: "job.yaml" };
      const late = { composeFile: "late.yaml", fileAfter: "early" };
      pipeline.write("executions.json", JSON.stringify({ early, late }));
      const ci = await pipeline.ci("preview");
      expect([ci.exitCode, violationsIn(ci.output)]).toEqual([
        1,
        [expect.stringMatching(/^error LYC5105: late: not all files of its Compose project are known at preview: /)],
      ]);
      await pipeline.pulumi("stack", "init", "dev");
      const preview = await pack.pulumi("preview", "--stack", "dev");
      expect([preview.exitCode, violationsIn(preview.output)]).toEqual([0, []]);
      expect(preview.output).toContain("can't run policy 'lyceum-no-plaintext-secrets' from policy pack");
      const up = await pack.pulumi("up", "--stack", "dev", "--yes", "--skip-preview");
      expect(violationsIn(up.output)).toEqual([expect.stringMatching(/^secrets\.yaml:4:31 error LYC5105: late: /)]);
      // Only the other execution starts.
      expect([up.exitCode === 0, up.starts]).toEqual([false, 1]);
      await pipeline.ci("destroy");
    }),
);

test.each([hostOfProject()])(
  "with remediate, a pack lowers the time and changes the machine, and the run starts with these (%s)",
  (host) =>
    Pipeline.run(`policy-remediate-${host}`, "program", host, async (pipeline) => {
      const pack = new PolicyPack(pipeline, { remediate: true });
      pipeline.write("lyceum-policy.yaml", "maxTimeout: 30\nexecutionTypes: [gpu.a100]\n");
      pipeline.write("executions.json", JSON.stringify({ job: { composeFile: "job.yaml", timeout: 300 } }));
      await pipeline.pulumi("stack", "init", "dev");
      const preview = await pack.pulumi("preview", "--stack", "dev");
      expect([preview.exitCode, violationsIn(preview.output)]).toEqual([0, []]);
      expect(preview.output).toMatch(/\[remediate\] +lyceum-max-timeout /);
      const up = await pack.pulumi("up", "--stack", "dev", "--yes", "--skip-preview");
      expect([up.exitCode, up.starts]).toEqual([0, 1]);
      const { resources } = JSON.parse((await pipeline.pulumi("stack", "export", "--stack", "dev")).output).deployment;
      const job = resources.find(({ urn }: { urn: string }) => urn.endsWith("ComposeExecution::job"));
      expect(job.inputs).toMatchObject({ timeout: 30, executionType: "gpu.a100" });
      // The same program needs no further change.
      const again = await pack.pulumi("up", "--stack", "dev", "--yes", "--skip-preview", "--expect-no-changes");
      expect([again.exitCode, again.starts]).toEqual([0, 0]);
      await pipeline.ci("destroy");
    }),
);
