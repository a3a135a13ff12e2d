// @ts-check
import { alternatingPairs, ratio } from "../figures.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { assertAlike } from "../template.mjs";
import { withEmulator } from "../workspace.mjs";

const COUNT = 100;
const BARS = { up: 1.1, again: 1.03 };

/**
 * `up` and a no-change `up` of 100 executions, over those of as many no-op dynamic resources that record the same.
 * Each side of each pair has a stack and an emulator of its own on empty data.
 * @param {number} lines of each Compose text
 * @returns {import("../main.mjs").Measurement}
 */
export function upOverNoOp(lines) {
  const name = `up-${COUNT}-${lines}`;
  return {
    name,
    measure: async (workspace, { pairs, template, small }) => {
      const count = small ? 3 : COUNT;
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
      const what = `of ${COUNT} executions of ${lines} lines / of as many no-op dynamic resources that record as much`;
      /** @type {(part: "up" | "again", unit: "seconds" | "cpuSeconds") => (readonly [number, number])[]} */
      const pairsOf = (part, unit) => measured.map(({ ours, baseline }) => [ours[part][unit], baseline[part][unit]]);
      return [
        ratio(`\`up\` ${what}`, pairsOf("up", "seconds"), BARS.up),
        ratio(`the same, CPU of the command and all it starts (${lines} lines)`, pairsOf("up", "cpuSeconds"), null),
        ratio(`no-change \`up\` ${what}`, pairsOf("again", "seconds"), BARS.again),
        ratio(`the same, CPU (no-change, ${lines} lines)`, pairsOf("again", "cpuSeconds"), null),
      ];
    },
  };
}

/** @param {import("../command.mjs").Timed} timed */
function describe({ seconds, cpuSeconds }) {
  return `${seconds.toFixed(2)} s (CPU ${cpuSeconds.toFixed(2)} s)`;
}
