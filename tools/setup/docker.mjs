// @ts-check
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isAtLeast } from "../decisions.cjs";
import { capture, isExecutable, ToolError, tail } from "../run.mjs";
import { buildGo, cachePath, fillWhole } from "./build-go.mjs";
import { makeBusyboxImage } from "./offline-image.mjs";
import { RECIPES } from "./recipes.mjs";

/** The oldest compose taken from the user's docker: the first with every flag and event that the emulator uses. */
const OLDEST_COMPOSE = "2.20.0";

/**
 * Whether a Docker daemon answers. `host` is where, for programs that are given a DOCKER_CONFIG of their own and so no
 * longer see the user's contexts.
 * @returns {Promise<{ reachable: true, version: string, host: string } | { reachable: false, reason: string }>}
 */
export async function dockerDaemon() {
  const asked = await capture("docker", ["version", "--format", "{{.Server.Version}}"], { timeoutMs: 10_000 });
  if (asked.code === 127) return { reachable: false, reason: "there is no docker on PATH" };
  if (asked.code !== 0) return { reachable: false, reason: tail(asked.stderr, 1) };
  const context = await capture("docker", ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], {
    timeoutMs: 10_000,
  });
  const host = process.env.DOCKER_HOST || context.stdout.trim() || "unix:///var/run/docker.sock";
  return { reachable: true, version: asked.stdout.trim(), host };
}

/**
 * A `docker compose` plug-in: the user's own where it works, else built from `tools/go`. `dir` is a folder that can serve
 * as `cli-plugins`.
 * @param {{ root: string, log: import("../run.mjs").Log }} options
 * @returns {Promise<{ plugin: string, dir: string, version: string, own: boolean }>}
 */
export async function ensureCompose({ root, log }) {
  const users = await usersCompose();
  if (users) return { ...users, dir: dirname(users.plugin), own: true };
  const { binary, version, takes } = RECIPES.compose;
  const home = cachePath(root, `docker-compose-${version}`);
  const dir = join(home, "cli-plugins");
  const plugin = join(dir, binary);
  if (!(await isExecutable(plugin))) {
    const why = "Docker has no compose plug-in of version 2";
    log(
      `${why}: building version ${version} from tools/go into .cache/tools, once. This takes ${takes} on two cores …`,
    );
    const started = Date.now();
    await fillWhole(home, async (unfinished) => {
      await mkdir(join(unfinished, "cli-plugins"));
      await buildGo({ root, recipe: RECIPES.compose, dir: join(unfinished, "cli-plugins"), why });
    });
    log(`docker compose ${version} built after ${Math.round((Date.now() - started) / 1000)} s.`);
  }
  return { plugin, dir, version, own: false };
}

/** @returns {Promise<{ plugin: string, version: string } | undefined>} */
async function usersCompose() {
  const { code, stdout } = await capture("docker", ["info", "--format", "{{json .ClientInfo.Plugins}}"], {
    timeoutMs: 15_000,
  });
  if (code !== 0) return undefined;
  /** @type {{ Name: string, Version?: string, Path?: string, Err?: string }[]} */
  const plugins = JSON.parse(stdout) ?? [];
  const compose = plugins.find(({ Name, Err }) => Name === "compose" && !Err);
  if (!compose?.Path || !compose.Version || !isAtLeast(compose.Version, OLDEST_COMPOSE)) return undefined;
  return { plugin: compose.Path, version: compose.Version.replace(/^v/, "") };
}

/**
 * The image on this machine's daemon: as it is, else pulled, else made from a busybox that is linked statically.
 * @param {{ image?: string, log: import("../run.mjs").Log }} options
 * @returns {Promise<{ image: string, source: "present" | "pulled" | "offline" }>}
 */
export async function ensureImage({ image = "busybox:stable", log }) {
  const present = await capture("docker", ["image", "inspect", "--format", "{{.Id}}", image], { timeoutMs: 15_000 });
  if (present.code === 0) return { image, source: "present" };
  log(`Pulling the image ${image} …`);
  const pulled = await capture("docker", ["pull", image], { firstByteMs: 15_000, timeoutMs: 5 * 60_000 });
  if (pulled.code === 0) return { image, source: "pulled" };
  log(`It cannot be pulled (${tail(pulled.stderr, 1)}): making it from this machine's own busybox instead.`);
  const refused = await makeBusyboxImage(image);
  if (!refused) return { image, source: "offline" };
  throw new ToolError(
    `The image ${image} cannot be pulled, and ${refused}. ` +
      "Let Docker reach its registry, or on Linux install the package busybox-static, and run this again.",
  );
}
