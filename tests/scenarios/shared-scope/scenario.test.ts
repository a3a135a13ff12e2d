import { cpSync } from "node:fs";
import { join } from "node:path";
import { tell } from "../../harness/register";
import { ROOT } from "../../harness/root";

tell(
  "two copies of the package share one scope, and a run can be read",
  { folder: __dirname, engines: ["simulated"] },
  async (story) => {
    const copy = join(story.work.program, "second", "node_modules", "pulumi-lyceum");
    cpSync(join(ROOT, "dist"), join(copy, "dist"), { recursive: true });
    cpSync(join(ROOT, "package.json"), join(copy, "package.json"));

    await story.up("a program that loads the package twice");
    const { deployment } = await story.state();
    const scopes = (deployment.resources ?? []).filter(({ type }) => type.endsWith("lyceum:Scope"));
    expect(scopes).toHaveLength(1);
    expect(await story.pulumi.outputs()).toMatchObject({
      read: { status: "completed", returnCode: 0 },
      known: "completed",
    });
    const names = (await story.runs()).map(({ fileName }) => fileName);
    expect(new Set(names).size).toBe(2);
    await story.destroy();
  },
);
