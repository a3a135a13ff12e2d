import { testScenario } from "../../harness/register";

/**
 * The program has a resource of Pulumi's own dynamic provider. To write its functions into the state, Pulumi loads every
 * module of Node, and Node warns of the experimental ones.
 */
const env = { NODE_OPTIONS: "--disable-warning=ExperimentalWarning" };

testScenario("values that are not known yet pass the preview", { folder: __dirname }, async (scenario) => {
  const preview = await scenario.preview("a preview with unknown arguments", { env });
  expect(preview.requests).toEqual([]);
  await scenario.up("an up with them", { env });
  await scenario.up("up again changes nothing", { env }, "--expect-no-changes");
  await scenario.destroy();
});
