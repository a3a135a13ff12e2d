import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Pipeline } from "../pipeline";
import { git } from "./repository";

jest.setTimeout(900_000);

const STACKS = 30;
const TOUCHED = [7, 21];
/** The highest accepted ratio. */
const MOST_TIMES = 3;

/** Seconds that a command takes. */
async function seconds(pipeline: Pipeline, ...args: readonly string[]): Promise<number> {
  const begun = performance.now();
  const ended = await pipeline.ci("preview", ...args);
  expect([ended.exitCode, ended.output]).toEqual([0, expect.any(String)]);
  return (performance.now() - begun) / 1000;
}

test("a preview of 30 stacks of which a change concerns two takes at most three times as long as one", () =>
  Pipeline.run("all-many", "program-repository", "dynamic", async (pipeline) => {
    for (const name of ["app", "jobs", "network"]) rmSync(join(pipeline.work.program, name), { recursive: true });
    for (let at = 0; at < STACKS; at += 1) {
      const folder = `services/p${at}`;
      mkdirSync(join(pipeline.work.program, folder), { recursive: true });
      pipeline.write(
        `${folder}/Pulumi.yaml`,
        `name: p${at}\nruntime: { name: nodejs, options: { typescript: false } }\n`,
      );
      pipeline.write(`${folder}/Pulumi.dev.yaml`, "config: {}\n");
      pipeline.write(`${folder}/package.json`, '{ "private": true, "main": "index.js" }\n');
      pipeline.write(`${folder}/index.js`, 'module.exports = require("../../program.js");\n');
      const executions = { run: { composeFile: `../../compose/p${at}.yaml`, timeout: 600 } };
      pipeline.write(`${folder}/declared.json`, JSON.stringify({ references: [], executions }));
      pipeline.write(`compose/p${at}.yaml`, `services:\n  web:\n    image: example/p${at}:1\n`);
    }
    pipeline.write(".gitignore", "node_modules/\nout/\n");
    git(pipeline, "init", "--quiet", "--initial-branch=main");
    git(pipeline, "add", "--all");
    git(pipeline, "commit", "--quiet", "--message", "First");
    git(pipeline, "checkout", "--quiet", "-b", "work");
    for (const at of TOUCHED) pipeline.write(`compose/p${at}.yaml`, `services:\n  web:\n    image: example/p${at}:2\n`);
    git(pipeline, "commit", "--quiet", "--all", "--message", "Two services");

    // A busy machine slows both commands, but not equally at every moment, so one pair of measurements is not enough.
    const ratios: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const one = await seconds(pipeline, "--cwd", `services/p${TOUCHED[0]}`);
      const all = await seconds(pipeline, "--all", "--since", "main", "--json", "out/all.json");
      const { stacks, untouched } = JSON.parse(pipeline.read("out/all.json"));
      expect([stacks.length, untouched.length]).toEqual([TOUCHED.length, STACKS - TOUCHED.length]);
      ratios.push(all / one);
      if (all / one <= MOST_TIMES) break;
    }
    console.log(
      `--all of ${STACKS} stacks with ${TOUCHED.length} changed: ${ratios.map((ratio) => ratio.toFixed(2))} times one`,
    );
    expect(Math.min(...ratios)).toBeLessThanOrEqual(MOST_TIMES);
  }));
