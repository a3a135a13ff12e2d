// @ts-check
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { ToolError } from "../../tools/run.mjs";
import { alternatingPairs, ratio } from "../figures.mjs";

/** Starts of each: one takes a fraction of a second, and is disturbed by all that the machine does besides. */
const STARTS_PER_PAIR = 6;
const TEXT = `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
    environment:
      MODE: production
`;

/**
 * `pulumi-lyceum check` of a small project, over a Node process that does nothing.
 * @type {import("../main.mjs").Measurement}
 */
export const startOfCheck = {
  name: "check",
  measure: async ({ dir, packageDir }, { pairs, small }) => {
    const file = join(dir, "small.yaml");
    await writeFile(file, TEXT);
    const args = { ours: [join(packageDir, "dist", "cli", "main.js"), "check", file], baseline: ["-e", "0"] };
    const measured = await alternatingPairs(pairs * (small ? 1 : STARTS_PER_PAIR), (side) => secondsOf(args[side]));
    return [
      ratio(
        "`pulumi-lyceum check` of a small project / an empty Node process",
        measured.map(({ ours, baseline }) => [ours, baseline]),
        1.6,
      ),
    ];
  },
};

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} seconds
 */
function secondsOf(args) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    // Pipes, as a pipeline has them.
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.resume();
    child.stderr.resume();
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve((performance.now() - begun) / 1000)
        : reject(new ToolError(`node ${args.join(" ")} ended with ${code}`)),
    );
  });
}
