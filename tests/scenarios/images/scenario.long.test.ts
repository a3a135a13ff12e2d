import { writesIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";

function declare(scenario: Scenario, mode: "file" | "text" | "secret"): void {
  scenario.work.write("settings.json", JSON.stringify({ mode }));
}

testScenario(
  "the image that another resource builds is the one that runs, with a file and with a text, and a secret image is shown nowhere",
  // `tests/scenarios/built-images` uses real images. Here, a preview does not know the images, and each change starts a
  // new run.
  { folder: __dirname, hosts: ONE_HOST },
  async (scenario) => {
    declare(scenario, "file");
    await scenario.up("the image is built, and runs");
    const same = await scenario.up("nothing changed", {}, "--expect-no-changes");
    expect(writesIn(same.requests)).toEqual([]);
    declare(scenario, "text");
    const asText = await scenario.up("the same as a text: the meaning is the same");
    expect(writesIn(asText.requests)).toEqual([]);

    const image = "registry.example/image-canary-4410/tool:1";
    scenario.plant("image", image);
    await scenario.pulumi.setSecret("image", image);
    declare(scenario, "secret");
    await scenario.up("an image that is secret runs");
    await scenario.step("the run's logs do not contain the secret", ["logs", "shop", "--service", "tool"], {
      program: "npx pulumi-lyceum",
    });
    await scenario.destroy();
  },
);
