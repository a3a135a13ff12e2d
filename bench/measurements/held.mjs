// @ts-check
import { single } from "../figures.mjs";
import { withEmulator } from "../room.mjs";
import { mostMegabytes, sampledUp } from "../sampling.mjs";
import { makeStack, QUIET } from "../stack.mjs";

const HOLD_SECONDS = 20;

/**
 * What a provider that does nothing uses while it holds as many creates: the part of `waiting` that is Pulumi's own.
 * @param {number} count
 * @returns {import("../main.mjs").Measurement}
 */
export function heldNoOps(count) {
  return {
    name: `held-${count}`,
    measure: async (room, { template }) =>
      withEmulator(room, async (emulator) => {
        const settings = { count, lines: 30, ...QUIET };
        const held = { ...template, holdSeconds: HOLD_SECONDS };
        const name = `held-${count}`;
        const stack = await makeStack(room, { name, program: "no-op", settings, emulator, template: held });
        const samples = await sampledUp(stack, ["--parallel", "256"]);
        return [single(`no-op provider's memory while it holds ${count} creates`, [mostMegabytes(samples)], "MB")];
      }),
  };
}
