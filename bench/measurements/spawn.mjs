// @ts-check
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { ToolError } from "../../tools/run.mjs";
import { alternatingPairs, ratio } from "../figures.mjs";

/** Starts of each: one takes a fraction of a second, and is disturbed by all that the machine does besides. */
const STARTS_PER_PAIR = 4;
/** Where nothing listens: neither process asks its engine for anything before it is asked itself. */
const NO_ENGINE = "127.0.0.1:9";

/**
 * From the start of the plugin's process until it prints its port, over that of Pulumi's own host of dynamic providers, which has
 * not loaded a provider by then.
 * @type {import("../main.mjs").Measurement}
 */
export const spawnToPort = {
  name: "spawn",
  measure: async (workspace, { pairs }) => {
    const { resolve } = createRequire(join(workspace.packageDir, "package.json"));
    const programs = {
      ours: join(workspace.packageDir, "bin", "pulumi-resource-lyceum"),
      baseline: resolve("@pulumi/pulumi/cmd/dynamic-provider"),
    };
    const measured = await alternatingPairs(pairs * STARTS_PER_PAIR, (side) =>
      secondsToPort(programs[side], workspace.dir),
    );
    return [
      ratio(
        "spawn of the plugin to its port / Pulumi's dynamic host",
        measured.map(({ ours, baseline }) => [ours, baseline]),
        0.5,
      ),
    ];
  },
};

/**
 * @param {string} program
 * @param {string} cwd
 * @returns {Promise<number>} seconds
 */
function secondsToPort(program, cwd) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, [program, NO_ENGINE], { cwd, stdio: ["ignore", "pipe", "inherit"] });
    let seconds = Number.NaN;
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      printed += chunk;
      if (!/^\d+\s*\n/.test(printed) || !Number.isNaN(seconds)) return;
      seconds = (performance.now() - begun) / 1000;
      child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", () =>
      Number.isNaN(seconds) ? reject(new ToolError(`${program} printed no port: ${printed}`)) : resolve(seconds),
    );
  });
}
