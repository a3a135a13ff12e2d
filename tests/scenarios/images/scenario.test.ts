import { abortsIn, startsIn, writesIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";

function declare(scenario: Scenario, settings: { readonly source: string; readonly mode?: string }): void {
  scenario.work.write("settings.json", JSON.stringify(settings));
}

testScenario(
  "what another resource builds is what runs: not known at preview, one new run for a changed image, none for the same",
  // What it is about happens before a start; `tests/scenarios/built-images` builds and runs real ones.
  { folder: __dirname, hosts: ONE_HOST },
  async (scenario) => {
    declare(scenario, { source: "one" });
    const preview = await scenario.preview("a preview before the image is built");
    expect(preview.requests).toEqual([]);
    await scenario.up("the image is built, and runs");
    const same = await scenario.up("nothing changed", {}, "--expect-no-changes");
    expect(writesIn(same.requests)).toEqual([]);

    declare(scenario, { source: "two" });
    await scenario.preview("a preview of a changed source");
    const changed = await scenario.up("the changed image runs instead");
    expect([startsIn(changed.requests), abortsIn(changed.requests)]).toEqual([1, 1]);

    declare(scenario, { source: "two", mode: "text" });
    const asText = await scenario.up("the same as a text: the meaning is the same");
    expect(writesIn(asText.requests)).toEqual([]);

    const image = "registry.example/image-canary-4410/tool:1";
    scenario.plant("image", image);
    await scenario.pulumi.setSecret("image", image);
    declare(scenario, { source: "two", mode: "secret" });
    await scenario.up("an image that is secret runs");
    await scenario.step("it is not in what the run has written", ["logs", "shop", "--service", "tool"], {
      program: "npx pulumi-lyceum",
    });
    await scenario.destroy();
  },
);
