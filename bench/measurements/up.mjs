// @ts-check
import { alternatingPairs, ratio } from "../figures.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { assertAlike } from "../template.mjs";
import { withEmulator } from "../workspace.mjs";

/**
 * `up` and a no-change `up` of `count` executions, over those of as many no-op dynamic resources that record the same.
 * Each side of each pair has a stack and an emulator of its own on empty data.
 * @param {{ count: number, lines: number, upBar: number | null, againBar: number | null }} options
 * @returns {import("../main.mjs").Measurement}
 */
export function upOverNoOp({ count, lines, upBar, againBar }) {
  const name = `up-${count}-${lines}`;
  return {
    name,
    measure: async (workspace, { pairs, template }) => {
      const settings = { count, lines, ...QUIET };
      /** @type {Partial<Record<"ours" | "baseline", import("../stack.mjs").Resource[]>>} */
      const states = {};
      const measured = await alternatingPairs(pairs, (side, pair) =>
        withEmulator(workspace, async (emulator) => {
          const program = side === "ours" ? "executions" : "no-op";
          const stack = await makeStack(workspace, {
            name: `${name}-${side}-${pair}`,
            program,
            settings,
            emulator,
            template,
          });
          const up = await stack.up();
          const again = await stack.up(["--expect-no-changes"]);
          if (pair === 0) {
            states[side] = await stack.resources();
            if (states.ours !== undefined && states.baseline !== undefined) assertAlike(states.ours, states.baseline);
          }
          workspace.log(`  ${name} ${side}: up ${describe(up)}, no-change up ${describe(again)}`);
          return { up, again };
        }),
      );
      const what = `${count} executions of ${lines} lines`;
      /** @type {(part: "up" | "again", unit: "seconds" | "cpuSeconds") => (readonly [number, number])[]} */
      const pairsOf = (part, unit) => measured.map(({ ours, baseline }) => [ours[part][unit], baseline[part][unit]]);
      return [
        ratio(`up of ${what} / no-op resources`, pairsOf("up", "seconds"), upBar),
        ratio(`no-change up of ${what} / no-op resources`, pairsOf("again", "seconds"), againBar),
        ratio(`CPU of up of ${what} / no-op resources`, pairsOf("up", "cpuSeconds"), null),
        ratio(`CPU of no-change up of ${what} / no-op resources`, pairsOf("again", "cpuSeconds"), null),
      ];
    },
  };
}

/** @param {import("../command.mjs").Timed} timed */
function describe({ seconds, cpuSeconds }) {
  return `${seconds.toFixed(2)} s (CPU ${cpuSeconds.toFixed(2)} s)`;
}
