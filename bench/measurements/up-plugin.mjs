// @ts-check
import { alternatingPairs, ratio } from "../figures.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const COUNT = 100;
const LINES = 30;

/**
 * `up` of the same executions through the plugin, over the dynamic host.
 * @type {import("../main.mjs").Measurement}
 */
export const upThroughPlugin = {
  name: "up-plugin",
  measure: async (workspace, { pairs, small }) => {
    const measured = await alternatingPairs(pairs, (side, pair) =>
      withEmulator(workspace, async (emulator) => {
        const host = side === "ours" ? /** @type {const} */ ("plugin") : /** @type {const} */ ("dynamic");
        const stack = await makeStack(workspace, {
          name: `up-plugin-${side}-${pair}`,
          program: "executions",
          settings: { count: small ? 3 : COUNT, lines: LINES, host, ...QUIET },
          emulator,
        });
        const up = await stack.up();
        const again = await stack.up(["--expect-no-changes"]);
        workspace.log(`  up-plugin ${side}: up ${up.seconds.toFixed(2)} s, no-change up ${again.seconds.toFixed(2)} s`);
        return { up, again };
      }),
    );
    const what = `of ${COUNT} executions of ${LINES} lines through the plugin / through the dynamic provider`;
    return [
      ratio(
        `\`up\` ${what}`,
        measured.map(({ ours, baseline }) => [ours.up.seconds, baseline.up.seconds]),
        0.8,
      ),
      ratio(
        "the same, CPU (plugin)",
        measured.map(({ ours, baseline }) => [ours.up.cpuSeconds, baseline.up.cpuSeconds]),
        null,
      ),
      ratio(
        `no-change \`up\` ${what}`,
        measured.map(({ ours, baseline }) => [ours.again.seconds, baseline.again.seconds]),
        null,
      ),
    ];
  },
};
