// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a program in YAML writes a reference
import { hostOfProject } from "../../harness/workspace";
import { Pipeline } from "../pipeline";

const SECRETS =
  "services:\n  db:\n    image: registry.example.com/db:1\n    environment: { API_TOKEN: written-out-here }\n";

/** A further execution, which the program declares only when a built image is known, so no preview shows it. */
const late = (image: string) => `
const image = new Image("${image}", { reference: "registry.example.com/late:1" });
image.built.apply(() => new ComposeExecution("late", { composeFile: "late.yaml" }));
`;

test.each([hostOfProject()])(
  "an execution that no preview has shown is not started under rules that only a preview evaluates (%s)",
  (host) =>
    Pipeline.run(`policy-late-${host}`, "program", host, async (pipeline) => {
      const index = pipeline.read("index.js");
      pipeline.write("late.yaml", SECRETS);
      pipeline.write("executions.json", JSON.stringify({ job: { composeFile: "job.yaml" } }));
      const runs = async () => (await pipeline.control.executions()).length;
      for (const rule of ["noPlaintextSecrets", "parallelRuns", "maxCost"]) {
        // Each image is new, so its output is not known at the preview.
        pipeline.write("index.js", `${index}${late(rule)}`);
        pipeline.write("lyceum-policy.yaml", `${rule}: ${rule === "noPlaintextSecrets" ? "true" : "5"}\n`);
        expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0, starts: 0 });
        const apply = await pipeline.ci("apply");
        expect(apply).toMatchObject({
          exitCode: 1,
          output: expect.stringContaining("LYC5014: the preview did not have this execution"),
        });
        // Only the execution of the preview has a run.
        expect(await runs()).toBeLessThanOrEqual(1);
      }
      // A rule that the provider evaluates itself needs no preview, and an execution that the preview shows is started.
      pipeline.write("lyceum-policy.yaml", "maxTimeout: 600\n");
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0 });
      expect(await runs()).toBe(2);
      await pipeline.ci("destroy");
    }),
);

/** A test in which the host does not matter. Only the jest project of the dynamic provider has it. */
function testOnce(title: string, act: () => Promise<void>): void {
  if (hostOfProject() === "dynamic") test(title, act);
}

testOnce("a policy above the project counts", () =>
  Pipeline.run("policy-above", "program", "dynamic", async (pipeline) => {
    pipeline.write("../lyceum-policy.yaml", "maxTimeout: 10\n");
    const apply = await pipeline.ci("apply");
    expect(apply).toMatchObject({ exitCode: 1, starts: 0, output: expect.stringContaining("error LYC5101: ") });
    const preview = await pipeline.ci("preview", "--format", "github");
    expect(preview.output).toMatch(/::error file=[^,]*\/lyceum-policy\.yaml/);
    pipeline.write("lyceum-policy.yaml", "maxTimeout: 600\n");
    expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0 });
  }),
);

testOnce("a provider of the program may have another account, so limits of the account refuse its runs", () =>
  Pipeline.run("policy-account", "program-yaml", "plugin", async (pipeline) => {
    const program = pipeline.read("Pulumi.yaml");
    const declared = (settings: string) =>
      program
        .replace(
          "resources:\n",
          `resources:\n  other:\n    type: pulumi:providers:lyceum\n    properties: ${settings}\n`,
        )
        .replaceAll("      deleteBeforeReplace: true\n", "      deleteBeforeReplace: true\n      provider: ${other}\n");
    pipeline.write("lyceum-policy.yaml", "parallelRuns: 5\nmaxCostPerRun: 5\n");
    pipeline.write("Pulumi.yaml", declared("{ apiKey: lk_of_another_account }"));
    const refused = await pipeline.ci("apply");
    expect(refused).toMatchObject({ exitCode: 1, starts: 0 });
    for (const name of ["job", "web"]) {
      expect(refused.output).toMatch(new RegExp(`error LYC5112: ${name}: the active runs are not known`, "i"));
    }
    pipeline.write("Pulumi.yaml", declared("{}"));
    expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0 });
    // Without a limit of the account, the policy does not matter.
    pipeline.write("Pulumi.yaml", declared("{ apiKey: lk_of_another_account }"));
    pipeline.write("lyceum-policy.yaml", "maxTimeout: 600\nprotected: [other]\n");
    expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0 });
  }),
);
