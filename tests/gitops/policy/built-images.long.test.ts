import { Pipeline } from "../pipeline";
import { PolicyPack } from "./policy-pack";

const TEXT = "services:\n  web: { build: . }\nx-lyceum-sim: { start: 0, run: 600 }\n";
const POLICY = "registries: [registry.example.com]\npinnedImages: true\nnoPlaintextSecrets: true\n";
const pinned = (registry: string, digit: string) => `${registry}/web@sha256:${digit.repeat(64)}`;

const refusals = (output: string) => [...new Set(output.match(/error LYC51.*|LYC51\d\d: .*/g))];

test.each(["dynamic", "plugin"] as const)(
  "images that are not built yet: no preview refuses them, and a policy does at the update, before anything starts (%s)",
  (host) =>
    Pipeline.run(`built-images-${host}`, "program", host, async (pipeline) => {
      const pack = new PolicyPack(pipeline);
      const build = (web: string) => {
        const built = { web };
        const executions = { file: { composeFile: "built.yaml", built }, text: { composeFileCode: TEXT, built } };
        pipeline.write("executions.json", JSON.stringify(executions));
      };
      const summary = () => pipeline.read("out/summary.md");
      const preview = () => pipeline.ci("preview", "--summary", "out/summary.md");
      pipeline.write("lyceum-policy.yaml", POLICY);
      pipeline.write("built.yaml", TEXT);

      build(pinned("evil.example", "a"));
      const ci = await preview();
      expect([ci.exitCode, refusals(ci.output), ci.starts]).toEqual([0, [], 0]);
      expect(summary()).toContain("**2 runs would start, 0 runs would be aborted.");
      expect(summary()).toContain("Images of file, text are not known yet. `ci apply` checks them");
      await pipeline.pulumi("stack", "init", "dev");
      const packed = await pack.pulumi("preview", "--stack", "dev");
      expect([packed.exitCode, refusals(packed.output), packed.starts]).toEqual([0, [], 0]);

      const applied = await pipeline.ci("apply");
      expect([applied.exitCode, applied.starts]).toEqual([1, 0]);
      // Pulumi stops at the first error. The error of a text names no image, because the image may be secret.
      const image = `(image ${pinned("evil.example", "a")}|an image)`;
      expect(applied.output).toMatch(new RegExp(`LYC5104: ${image} of service web does not come from registry`));

      build("registry.example.com/web:latest");
      const up = await pack.pulumi("up", "--stack", "dev", "--yes", "--skip-preview");
      expect([up.exitCode === 0, up.starts]).toEqual([false, 0]);
      expect(up.output).toContain("error LYC5103: ");

      build(pinned("registry.example.com", "b"));
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 2 });
      expect(await preview()).toMatchObject({ exitCode: 0 });
      expect(summary()).not.toContain("not known yet");

      build(pinned("registry.example.com", "c"));
      expect(await preview()).toMatchObject({ exitCode: 0, starts: 0 });
      expect(summary()).toMatch(
        /\| may start a new run and end run \S+ \(running\) \| file \| services\.web\.image not known yet \|/,
      );
      expect(await pack.pulumi("up", "--stack", "dev", "--yes", "--skip-preview")).toMatchObject({
        exitCode: 0,
        starts: 2,
      });
      await pipeline.ci("destroy");
    }),
);
