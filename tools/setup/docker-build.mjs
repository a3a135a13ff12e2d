// @ts-check
import { join } from "node:path";
import { isExecutable } from "../run.mjs";
import { buildGo, cachePath, fillWhole } from "./build-go.mjs";
import { RECIPES } from "./recipes.mjs";

/**
 * The plugin of Pulumi's provider docker-build, and beside it the buildx with which it builds where its own builder, an image of a
 * public registry, cannot be had. What they print is in a golden file, so whatever else the machine has is
 * used only where `LYCEUM_TEST_DOCKER_BUILD` names it.
 * @param {{ root: string, log: import("../run.mjs").Log }} options
 * @returns {Promise<string>} the folder that holds both
 */
export async function ensureDockerBuild({ root, log }) {
  if (process.env.LYCEUM_TEST_DOCKER_BUILD) return process.env.LYCEUM_TEST_DOCKER_BUILD;
  const { binary, version, takes } = RECIPES.dockerBuild;
  const dir = cachePath(root, `${binary}-${version}`);
  if (await isExecutable(join(dir, binary))) return dir;
  log(`Building ${binary} ${version} from tools/go, once (${takes}) …`);
  const why = "the test of a built image needs the provider docker-build";
  await fillWhole(dir, async (unfinished) => {
    await buildGo({ root, recipe: RECIPES.dockerBuild, dir: unfinished, why });
    await buildGo({ root, recipe: RECIPES.buildx, dir: unfinished, why });
  });
  return dir;
}
