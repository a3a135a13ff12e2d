// @ts-check
import { alternatingPairs, ratio } from "../figures.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { assertAlike } from "../template.mjs";
import { withEmulator } from "../workspace.mjs";

const COUNT = 100;
const COUNT_SMALL = 3;
const LINES_OF_PLUGIN = 30;

/** @typedef {Record<"up" | "again", import("../processes.mjs").Timed>} Ups */

/**
 * `up` and a no-change `up` of 100 executions, compared with as many no-op dynamic resources that record the same.
 * @param {number} lines of each Compose text
 * @returns {import("../main.mjs").Measurement}
 */
export function upOverNoOp(lines) {
  const name = `up-${COUNT}-${lines}`;
  return {
    name,
    measure: async (workspace, { pairs, template, small }) => {
      const settings = { count: small ? COUNT_SMALL : COUNT, lines, ...QUIET };
      /** @type {Partial<Record<"ours" | "baseline", import("../stack.mjs").Resource[]>>} */
      const states = {};
      const measured = await measuredUps(
        workspace,
        { name, pairs },
        (side) => ({ program: side === "ours" ? "executions" : "no-op", settings, template }),
        async (side, stack) => {
          states[side] ??= await stack.resources();
        },
      );
      assertAlike(states.ours ?? [], states.baseline ?? []);
      const what = `of ${COUNT} executions of ${lines} lines / of ${COUNT} no-op dynamic resources`;
      return [
        ratio(`\`up\` ${what}`, measured, ({ up }) => up.seconds, 1.1),
        ratio(`the same, CPU (${lines} lines)`, measured, ({ up }) => up.cpuSeconds),
        ratio(`no-change \`up\` ${what}`, measured, ({ again }) => again.seconds, 1.03),
        ratio(`the same, CPU (no-change, ${lines} lines)`, measured, ({ again }) => again.cpuSeconds),
      ];
    },
  };
}

/**
 * `up` of the same executions through the plugin, compared with the dynamic host.
 * @type {import("../main.mjs").Measurement}
 */
export const upThroughPlugin = {
  name: "up-plugin",
  measure: async (workspace, { pairs, small }) => {
    const settings = { count: small ? COUNT_SMALL : COUNT, lines: LINES_OF_PLUGIN, ...QUIET };
    const measured = await measuredUps(workspace, { name: "up-plugin", pairs }, (side) => ({
      program: "executions",
      settings: { ...settings, host: side === "ours" ? "plugin" : "dynamic" },
    }));
    const what = `of ${COUNT} executions of ${LINES_OF_PLUGIN} lines through the plugin / through the dynamic provider`;
    return [
      ratio(`\`up\` ${what}`, measured, ({ up }) => up.seconds, 0.8),
      ratio("the same, CPU (plugin)", measured, ({ up }) => up.cpuSeconds),
      ratio(`no-change \`up\` ${what}`, measured, ({ again }) => again.seconds),
    ];
  },
};

/**
 * Each side of each pair has its own stack, and its own emulator on empty data.
 * @param {import("../workspace.mjs").Workspace} workspace
 * @param {{ name: string, pairs: number }} options
 * @param {(side: "ours" | "baseline") => Omit<import("../stack.mjs").StackOptions, "name" | "emulator">} optionsOf
 * @param {(side: "ours" | "baseline", stack: import("../stack.mjs").Stack) => Promise<void>} [after]
 */
function measuredUps(workspace, { name, pairs }, optionsOf, after) {
  return alternatingPairs(pairs, (side, pair) =>
    withEmulator(workspace, async (emulator) => {
      const stack = await makeStack(workspace, { name: `${name}-${side}-${pair}`, emulator, ...optionsOf(side) });
      const up = await stack.up();
      const again = await stack.up(["--expect-no-changes"]);
      await after?.(side, stack);
      workspace.log(`  ${name} ${side}: up ${up.seconds.toFixed(2)} s, no-change up ${again.seconds.toFixed(2)} s`);
      return { up, again };
    }),
  );
}
