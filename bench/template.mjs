// @ts-check
import { createRequire } from "node:module";
import { join } from "node:path";
import { ToolError } from "../tools/run.mjs";
import { makeStack, QUIET } from "./stack.mjs";
import { withEmulator } from "./workspace.mjs";

/**
 * What a real execution records, for the no-op program to copy.
 * @typedef {object} Template
 * @property {Record<string, unknown>} inputs what the program gives, as far as it is the same for every resource
 * @property {Record<string, unknown>} defaults what check adds to it
 * @property {string} provider the text that names its provider, with the name of the no-op package
 * @property {string[]} outputNames the outputs that the class names
 * @property {Record<string, unknown>} outputs what the no-op provider answers
 */

/** Inputs that the program makes for each resource. */
const OWN_INPUTS = ["__provider", "composeFileCode", "__scope", "__resourceUrn"];
const TOLERANCE = 0.02;

/**
 * Takes the template from one real execution, which also warms up the CLI and the disk.
 * @param {import("./workspace.mjs").Workspace} workspace
 * @returns {Promise<Template>}
 */
export async function takeTemplate(workspace) {
  return withEmulator(workspace, async (emulator) => {
    const settings = { count: 1, lines: 30, ...QUIET };
    const stack = await makeStack(workspace, { name: "template", program: "executions", settings, emulator });
    await stack.up();
    const [real] = await stack.resources({ plain: true });
    if (real?.inputs === undefined || real.outputs === undefined)
      throw new ToolError("The state holds no execution to imitate.");
    const filled = ["__defaults"];
    const inputs = Object.entries(real.inputs).filter(([name]) => !OWN_INPUTS.includes(name));
    return {
      inputs: Object.fromEntries(inputs.filter(([name]) => !filled.includes(name))),
      defaults: Object.fromEntries(inputs.filter(([name]) => filled.includes(name))),
      provider: String(real.inputs.__provider).replaceAll("pulumi-lyceum", "pulumi-no-ops"),
      outputNames: publicOutputs(workspace),
      outputs: Object.fromEntries(
        Object.entries(real.outputs)
          .filter(([name]) => name !== "__provider")
          .map(([name, value]) => [name, unwrapped(value)]),
      ),
    };
  });
}

/**
 * The output names that the class gives to the engine. The SDK makes four promises for each, so both sides must name as
 * many.
 * @param {import("./workspace.mjs").Workspace} workspace
 * @returns {string[]}
 */
function publicOutputs({ packageDir }) {
  const schema = createRequire(import.meta.url)(join(packageDir, "dist", "provider", "schema", "index.js"));
  return [...schema.PUBLIC_OUTPUTS, ...schema.ARGUMENT_OUTPUTS];
}

/**
 * The value of a secret in the output of `--show-secrets`.
 * @param {unknown} value
 */
function unwrapped(value) {
  const { plaintext } = /** @type {{ plaintext?: string }} */ (Object(value));
  return plaintext === undefined ? value : JSON.parse(plaintext);
}

/**
 * Throws unless two states have the same names, and as many bytes (± 2 %), in inputs and outputs.
 * @param {import("./stack.mjs").Resource[]} ours
 * @param {import("./stack.mjs").Resource[]} theirs
 */
export function assertAlike(ours, theirs) {
  for (const part of /** @type {const} */ (["inputs", "outputs"])) {
    const names = (/** @type {import("./stack.mjs").Resource[]} */ resources) =>
      [...new Set(resources.flatMap((resource) => Object.keys(resource[part] ?? {})))].sort().join(" ");
    if (names(ours) !== names(theirs))
      throw new ToolError(`The baseline's ${part} are others:\n  ${names(ours)}\n  ${names(theirs)}`);
    const bytes = (/** @type {import("./stack.mjs").Resource[]} */ resources) =>
      resources.reduce((sum, resource) => sum + Buffer.byteLength(JSON.stringify(resource[part])), 0) /
      resources.length;
    const [real, imitated] = [bytes(ours), bytes(theirs)];
    if (ours.length !== theirs.length || Math.abs(imitated / real - 1) > TOLERANCE)
      throw new ToolError(`The baseline's ${part} have ${imitated} bytes, the real ones ${real}.`);
  }
}
