import { tell } from "../../harness/register";
import { urnOf } from "../../harness/scenario";

const SCOPE = "urn:pulumi:dev::story::pulumi-nodejs:dynamic/lyceum:Scope::lyceum-scope";

tell(
  "the first --target of a run names the scope that has to go with it",
  { folder: __dirname, variant: "first", engines: ["simulated"] },
  async (story) => {
    const target = ["--target", urnOf("worker")];
    const refused = await story.up("up with the run as the only target", { fails: true }, ...target);
    expect(refused.requests).toEqual([]);
    expect(refused.said).toContain(`LYC3020: `);
    expect(refused.said).toContain(`--target '${SCOPE}'`);
    await story.up("up with the scope, as the message says", {}, ...target, "--target", SCOPE);
    await story.up("from then on the run alone is enough", {}, "--expect-no-changes", ...target);
    await story.destroy();
  },
);

tell(
  "a run that was given another name in the state is replaced on its own row",
  { folder: __dirname, variant: "renamed", engines: ["simulated"] },
  async (story) => {
    await story.up("a run");
    await story.step("its resource is given another name", ["state", "rename", urnOf("worker"), "renamed", "--yes"]);
    story.edit("index.js", (text) => text.replace('"worker"', '"renamed"'));
    story.work.write("settings.json", JSON.stringify({ args: { triggers: [1] } }));
    const replaced = await story.up("a trigger replaces it");
    expect(replaced.said).toMatch(/ComposeExecution renamed .*abort sent/);
    expect(replaced.said).not.toMatch(/ComposeExecution worker /);
    await story.destroy();
  },
);

tell(
  "pulumi import cannot reach this package, whatever it is given",
  { folder: __dirname, variant: "import", engines: ["simulated"] },
  async (story) => {
    const type = "pulumi-nodejs:dynamic/lyceum:ComposeExecution";
    const command = ["import", type, "other", "local-1", "--yes", "--skip-preview"];
    // A limit of Pulumi's Node host: it is given no provider text for what is to be imported. docs/explanation/lifecycle.md says so.
    const imported = await story.pulumi.start(command, { deadlineSeconds: 90 }).ended;
    expect(imported.exitCode).not.toBe(0);
    expect(imported.stdout + imported.stderr).toContain("code must be a string, not undefined");

    story.work.write("settings.json", JSON.stringify({ options: { import: "local-1" } }));
    const refused = await story.up("the resource option import", { fails: true });
    expect(refused.said).toMatch(/LYC4004: worker: .*existingExecutionId/);
    expect(refused.said).not.toContain("code must be a string");
    expect(refused.requests).toEqual([]);
  },
);
