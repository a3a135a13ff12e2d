// @ts-check
import { single } from "../figures.mjs";
import { jsonBytes, makeStack } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const COUNT = 20;

/**
 * What a run that has ended leaves in the state, which is when it is longest: its outputs, and the growth of the
 * backend's file over no-op resources with the same inputs and no outputs.
 * @type {import("../main.mjs").Measurement}
 */
export const stateBytes = {
  name: "state",
  measure: async (workspace, { template }) =>
    withEmulator(workspace, async (emulator) => {
      const settings = /** @type {const} */ ({
        count: COUNT,
        lines: 30,
        waitFor: "completed",
        runSeconds: 1,
        spreadSeconds: 0,
      });
      const ours = await makeStack(workspace, { name: "state-ours", program: "executions", settings, emulator });
      await ours.up(["--parallel", "64"]);
      const empty = { ...template, inputs: { ...template.inputs, waitFor: settings.waitFor }, outputs: {} };
      const noOp = await makeStack(workspace, {
        name: "state-no-op",
        program: "no-op",
        settings,
        emulator,
        template: empty,
      });
      await noOp.up();
      const outputs = (await ours.resources()).map((resource) => jsonBytes(resource.outputs));
      const over = ((await ours.stateBytes()) - (await noOp.stateBytes())) / COUNT;
      return [
        single("state: outputs of one execution", outputs, "bytes", 1000),
        single("state: one execution over a no-op resource without outputs", [over], "bytes", 1100),
      ];
    }),
};
