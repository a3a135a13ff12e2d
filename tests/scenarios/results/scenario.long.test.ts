import { startBodies } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";

testScenario(
  "a run passes values to the program, which passes one to the next run",
  { folder: __dirname, hosts: ONE_HOST },
  async (scenario) => {
    scenario.work.write("settings.json", "{}");
    const first = await scenario.up("results come with the run that completed, and a malformed line is a warning");
    const texts = startBodies(first.requests).map((body) => String(body.compose_file_code));
    expect(texts[1]).toContain("serving schema 1.4.2");
    await scenario.up("they stay, and nothing changes", {}, "--expect-no-changes");
    await scenario.refresh("a refresh keeps them");
    await scenario.up("an up starts nothing", {}, "--expect-no-changes");
    await scenario.destroy();
  },
);

testScenario("results are secret where one is named", { folder: __dirname, variant: "secret" }, async (scenario) => {
  scenario.plant("a result", "canary-of-a-result/7f+&=<q>");
  scenario.edit("migrate.yaml", (text) => text.replaceAll('"1.4.2"', '"canary-of-a-result/7f+&=<q>"'));
  scenario.work.write("settings.json", JSON.stringify({ secretResults: ["version"] }));
  await scenario.preview("nothing is known before");
  await scenario.up("no result is shown");
  await scenario.destroy();
});
