// @ts-check
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { alternatingPairs, ratio } from "../figures.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const COUNT = 10_000;
const COUNT_SMALL = 20;
const A_FOLDER = 200;
const BAR = 1.2;
/** Milliseconds after which the times of a file count (provider/files/manifest.ts). */
const SETTLED = 3000;

/**
 * A no-change `up` of an execution and 10,000 stored files, compared with one of the execution alone.
 * @type {import("../main.mjs").Measurement}
 */
export const unchangedFiles = {
  name: "files",
  measure: async (workspace, { pairs, small }) =>
    withEmulator(workspace, async (emulator) => {
      const settings = { count: 1, lines: 30, ...QUIET };
      const program = "executions";
      const baseline = await makeStack(workspace, { name: "files-none", program, settings, emulator });
      const ours = await makeStack(workspace, {
        name: "files-stored",
        program,
        settings: { ...settings, files: true },
        emulator,
      });
      await writeFiles(join(ours.dir, "files"), small ? COUNT_SMALL : COUNT);
      await new Promise((resolve) => setTimeout(resolve, SETTLED));
      for (const stack of [baseline, ours]) {
        await stack.up();
        await stack.up();
      }
      const taken = await alternatingPairs(pairs, (side) =>
        (side === "ours" ? ours : baseline).up(["--expect-no-changes"]),
      );
      const what = `of an execution and ${COUNT} stored files / of the execution alone`;
      return [
        ratio(`no-change \`up\` ${what}`, taken, ({ seconds }) => seconds, BAR),
        ratio("the same, CPU (files)", taken, ({ cpuSeconds }) => cpuSeconds),
      ];
    }),
};

/**
 * @param {string} folder
 * @param {number} count
 */
async function writeFiles(folder, count) {
  for (let index = 0; index < count; index++) {
    const inside = join(folder, `part-${Math.floor(index / A_FOLDER)}`);
    if (index % A_FOLDER === 0) await mkdir(inside, { recursive: true });
    const path = join(inside, `sample-${index}.json`);
    await writeFile(path, `{"index": ${index}}\n`.repeat(20));
    await utimes(path, 1_700_000_000, 1_700_000_000);
  }
}
