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
  measure: async (workspace, { pairs }) => {
    const measured = await alternatingPairs(pairs, (side, pair) =>
      withEmulator(workspace, async (emulator) => {
        const host = side === "ours" ? /** @type {const} */ ("plugin") : /** @type {const} */ ("dynamic");
        const stack = await makeStack(workspace, {
          name: `up-plugin-${side}-${pair}`,
          program: "executions",
          settings: { count: COUNT, lines: LINES, host, ...QUIET },
          emulator,
        });
        const up = await stack.up();
        const again = await stack.up(["--expect-no-changes"]);
        workspace.log(`  up-plugin ${side}: up ${up.seconds.toFixed(2)} s, no-change up ${again.seconds.toFixed(2)} s`);
        return { up: up.seconds, again: again.seconds };
      }),
    );
    const what = `${COUNT} executions of ${LINES} lines through the plugin / the dynamic host`;
    return [
      ratio(
        `up of ${what}`,
        measured.map(({ ours, baseline }) => [ours.up, baseline.up]),
        0.85,
      ),
      ratio(
        `no-change up of ${what}`,
        measured.map(({ ours, baseline }) => [ours.again, baseline.again]),
        null,
      ),
    ];
  },
};
