// @ts-check

import { mostMegabytes, sampledUp } from "../sampling.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const HOLD_SECONDS = 20;

/**
 * What a provider that does nothing uses while it holds as many creates: the part of `waiting` that is Pulumi's own. In MB.
 * @param {import("../workspace.mjs").Workspace} workspace
 * @param {import("../template.mjs").Template} template
 * @param {number} count
 */
export async function heldByNoOp(workspace, template, count) {
  return withEmulator(workspace, async (emulator) => {
    const settings = { count, lines: 30, ...QUIET };
    const held = { ...template, holdSeconds: HOLD_SECONDS };
    const stack = await makeStack(workspace, {
      name: `held-${count}`,
      program: "no-op",
      settings,
      emulator,
      template: held,
    });
    return mostMegabytes(await sampledUp(stack, ["--parallel", "256"]));
  });
}
