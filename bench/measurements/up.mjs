// @ts-check
import { alternatingPairs, ratio, single } from "../figures.mjs";
import { withEmulator } from "../room.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { assertAlike } from "../template.mjs";

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
    measure: async (room, { pairs, template }) => {
      const settings = { count, lines, ...QUIET };
      /** @type {Partial<Record<"ours" | "baseline", import("../stack.mjs").Resource[]>>} */
      const states = {};
      const measured = await alternatingPairs(pairs, (side, pair) =>
        withEmulator(room, async (emulator) => {
          const program = side === "ours" ? "executions" : "no-op";
          const stack = await makeStack(room, {
            name: `${name}-${side}-${pair}`,
            program,
            settings,
            emulator,
            template,
          });
          const up = (await stack.up()).seconds;
          const again = (await stack.up(["--expect-no-changes"])).seconds;
          states[side] ??= await stack.resources();
          room.log(`  ${name} ${side}: up ${up.toFixed(2)} s, no-change up ${again.toFixed(2)} s`);
          return { up, again };
        }),
      );
      assertAlike(states.ours ?? [], states.baseline ?? []);
      const what = `${count} executions of ${lines} lines`;
      const upPairs = measured.map(({ ours, baseline }) => /** @type {const} */ ([ours.up, baseline.up]));
      const againPairs = measured.map(({ ours, baseline }) => /** @type {const} */ ([ours.again, baseline.again]));
      return [
        ratio(`up of ${what} / no-op resources`, upPairs, upBar),
        ratio(`no-change up of ${what} / no-op resources`, againPairs, againBar),
        single(
          `up of ${what}`,
          upPairs.map(([ours]) => ours),
          "s",
        ),
        single(
          `no-change up of ${what}`,
          againPairs.map(([ours]) => ours),
          "s",
        ),
      ];
    },
  };
}
