// @ts-check
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../tools/project.mjs";
import { timed } from "../command.mjs";
import { single } from "../figures.mjs";

const LINES = 300;
const PROCESSES = 5;

/**
 * What the provider's check of one execution takes, in a process of its own: the first one, as in a small program, and
 * once the code is warm. Every text is another one.
 * @type {import("../main.mjs").Measurement}
 */
export const checkTime = {
  name: "check",
  measure: async (workspace) => {
    for (const file of ["check.cjs", "compose-text.cjs"])
      await copyFile(join(ROOT, "bench", "programs", file), join(workspace.dir, file));
    /** @type {{ first: number, warm: number }[]} */
    const runs = [];
    for (let process_ = 0; process_ < PROCESSES; process_++) {
      const { stdout } = await timed(process.execPath, ["check.cjs", String(LINES)], {
        cwd: workspace.dir,
        env: { PATH: process.env.PATH },
      });
      runs.push(JSON.parse(stdout));
    }
    return [
      single(
        `first check of ${LINES} lines in a process`,
        runs.map(({ first }) => first),
        "ms",
      ),
      single(
        `check of ${LINES} lines`,
        runs.map(({ warm }) => warm),
        "ms",
      ),
    ];
  },
};
