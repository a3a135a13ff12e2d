import { startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";

/**
 * Texts that no printed line may contain. They are joined from parts, so that secret scanners do not report this file.
 */
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

function declare(scenario: Scenario, stage: string, diagnostics: Readonly<Record<string, string>> = {}): void {
  scenario.work.write("settings.json", JSON.stringify({ stage, diagnostics }));
}

/**
 * The number of times that a text is in the list of messages at the end of a command. The rows above the list repeat
 * messages.
 */
function reported(outputOf: string, what: string): number {
  const [, list = ""] = outputOf.split("Diagnostics:");
  return list.split(what).length - 1;
}

testScenario(
  "a compose document is validated before it costs anything, and its secrets are not shown",
  { folder: __dirname, hosts: ONE_HOST },
  async (scenario) => {
    for (const [name, value] of Object.entries(secrets)) scenario.plant(name, value);
    await scenario.pulumi.setSecret("password", secrets.password);
    await scenario.pulumi.setSecret("text", secretText);
    for (const file of ["faulty.yaml", "compose.yaml"]) {
      scenario.edit(file, (text) => text.replace("the-key", secrets.key).replace("the-password", secrets.password));
    }

    const invalid = await scenario.preview("one preview shows all errors, each at its line", { fails: true });
    expect(invalid.output).toContain("faulty.yaml:4:5 error LYC2105: Compose has no key imgae here\n");
    expect(invalid.output).toMatch(/\n +4 \| {5}imgae: busybox:stable\n +\| {5}\^{5}\n +Did you mean `image`\?\n/);
    expect(invalid.output).toContain("Did you mean `database`?");
    expect(invalid.requests).toEqual([]);

    declare(scenario, "file", { LYC2401: "off", LYC2601: "error" });
    const refused = await scenario.preview("a warning may be made an error, and another one none", { fails: true });
    expect(refused.output).toContain("compose.yaml:4:21 error LYC2601");
    expect(refused.output).not.toContain("LYC2401");

    declare(scenario, "file");
    const first = await scenario.up("warnings appear on the row, each once");
    expect([reported(first.output, "LYC2401"), reported(first.output, "LYC2601")]).toEqual([1, 1]);
    expect(startsIn(first.requests)).toBe(1);
    const again = await scenario.up("what has been validated is not reported again", {}, "--expect-no-changes");
    expect(again.output).not.toContain("LYC");
    declare(scenario, "file", { LYC2401: "off", LYC2601: "off" });
    await scenario.up("another severity starts nothing", {}, "--expect-no-changes");

    declare(scenario, "secret");
    const secret = await scenario.preview("no line of a secret text is shown", { fails: true });
    expect(secret.output).toContain("composeFileCode:3:5 error LYC2105: Compose has no key imgae here\n");

    declare(scenario, "text");
    const text = await scenario.preview("a text with what is not known yet passes");
    expect(text.output).toContain("may start a new run");
    await scenario.up("a text that becomes known is validated and started");

    declare(scenario, "variable", { LYC2401: "error", LYC2601: "off" });
    const beside = await scenario.preview("the text around an unknown variable is validated", { fails: true });
    expect(beside.output).toContain("compose.yaml:5:17 error LYC2401");
    declare(scenario, "variable", { LYC2401: "off", LYC2601: "off" });
    const variable = await scenario.preview("the variable itself is shown as unknown where it goes");
    expect(variable.output).toContain("may start a new run");
    await scenario.up("up puts its value in");
    await scenario.destroy();
  },
);
