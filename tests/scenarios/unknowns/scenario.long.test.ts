import { testScenario } from "../../harness/register";

testScenario("values that are not known yet pass the preview", { folder: __dirname }, async (scenario) => {
  const preview = await scenario.preview("a preview with unknown arguments");
  expect(preview.requests).toEqual([]);
  await scenario.up("an up with them");
  await scenario.up("up again changes nothing", {}, "--expect-no-changes");
  await scenario.destroy();
});
