import { startsIn } from "../../harness/counts";
import { tell } from "../../harness/register";
import type { Story } from "../../harness/scenario";

/** Of these no line may be shown. Put together, so that no scanner of this repository takes the key for one. */
const secrets = {
  key: ["AKIA", "QNZGKIQY56JQ7WML"].join(""),
  password: "variable-canary-9d7f",
  text: "text-canary-of-a-tag",
};

const secretText = `services:
  api:
    imgae: busybox:${secrets.text}
    image: busybox:${secrets.text}
`;

function declare(story: Story, stage: string, diagnostics: Readonly<Record<string, string>> = {}): void {
  story.work.write("settings.json", JSON.stringify({ stage, diagnostics }));
}

/** How often something stands in the list of messages that ends a command; above it, rows repeat what was said. */
function told(said: string, what: string): number {
  const [, list = ""] = said.split("Diagnostics:");
  return list.split(what).length - 1;
}

tell(
  "a compose document is judged before it costs anything, and its secrets are not shown",
  { folder: __dirname, engines: ["simulated"] },
  async (story) => {
    for (const [name, value] of Object.entries(secrets)) story.plant(name, value);
    await story.pulumi.setSecret("password", secrets.password);
    await story.pulumi.setSecret("text", secretText);
    for (const file of ["faulty.yaml", "compose.yaml"]) {
      story.edit(file, (text) => text.replace("the-key", secrets.key).replace("the-password", secrets.password));
    }

    const faulty = await story.preview("one preview tells all faults, each at its line", { fails: true });
    expect(faulty.said).toContain("faulty.yaml:4:5 error LYC2105: Compose has no key imgae here\n");
    expect(faulty.said).toMatch(/\n +4 \| {5}imgae: busybox:stable\n +\| {5}\^{5}\n +Did you mean `image`\?\n/);
    expect(faulty.said).toContain("Did you mean `database`?");
    expect(faulty.requests).toEqual([]);

    declare(story, "file", { LYC2401: "off", LYC2601: "error" });
    const refused = await story.preview("a warning may be made an error, and another one none", { fails: true });
    expect(refused.said).toContain("compose.yaml:4:21 error LYC2601");
    expect(refused.said).not.toContain("LYC2401");

    declare(story, "file");
    const first = await story.up("otherwise warnings stand on the row, each once");
    expect([told(first.said, "LYC2401"), told(first.said, "LYC2601")]).toEqual([1, 1]);
    expect(startsIn(first.requests)).toBe(1);
    const again = await story.up("what has been judged is not told again", {}, "--expect-no-changes");
    expect(again.said).not.toContain("LYC");
    declare(story, "file", { LYC2401: "off", LYC2601: "off" });
    await story.up("nor does another severity start anything", {}, "--expect-no-changes");

    declare(story, "secret");
    const secret = await story.preview("no line of a secret text is shown", { fails: true });
    expect(secret.said).toContain("composeFileCode:3:5 error LYC2105: Compose has no key imgae here\n");

    declare(story, "text");
    const text = await story.preview("a text with what is not known yet passes");
    expect(text.said).toContain("may start a new run");
    await story.up("and is judged and started once it is known");

    declare(story, "variable", { LYC2401: "error", LYC2601: "off" });
    const beside = await story.preview("what stands beside an unknown variable is judged", { fails: true });
    expect(beside.said).toContain("compose.yaml:5:17 error LYC2401");
    declare(story, "variable", { LYC2401: "off", LYC2601: "off" });
    const variable = await story.preview("the variable itself is shown as unknown where it goes");
    expect(variable.said).toContain("may start a new run");
    await story.up("up puts its value in");
    await story.destroy();
  },
);
