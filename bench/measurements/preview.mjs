// @ts-check
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../../tools/run.mjs";
import { alternatingPairs, ratio } from "../figures.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const COUNT = 10;
const LINES = 30;
const BAR = 2;

/**
 * The cost of a push to a pull request: `ci preview`, which writes a summary under a policy, compared with the plain
 * `pulumi preview` on one stack with active runs.
 * @type {import("../main.mjs").Measurement}
 */
export const previewOverPulumi = {
  name: "preview",
  measure: async (workspace, { pairs, small }) =>
    withEmulator(workspace, async (emulator) => {
      const count = small ? 2 : COUNT;
      const settings = { count, lines: LINES, ...QUIET };
      const stack = await makeStack(workspace, { name: "preview", program: "executions", settings, emulator });
      await writeFile(join(stack.dir, "lyceum-policy.yaml"), "maxTimeout: 86400\nmaxCost: 1000\n");
      await stack.up();
      const summary = join(stack.dir, "summary.md");
      const taken = await alternatingPairs(pairs, (side) =>
        side === "ours" ? stack.ci("preview", ["--summary", summary]) : stack.preview(),
      );
      if (!new RegExp(`\\b${count} executions would not change`).test(await readFile(summary, "utf8"))) {
        throw new ToolError("The summary does not show what the program declares.");
      }
      const what = `\`pulumi-lyceum ci preview\` of ${COUNT} executions, with a policy and a summary / \`pulumi preview\``;
      return [ratio(what, taken, ({ seconds }) => seconds, BAR)];
    }),
};
