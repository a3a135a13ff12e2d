// @ts-check
import { join } from "node:path";
import { isAtLeast } from "../decisions.cjs";
import { capture, ToolError, tail } from "../run.mjs";
import { ensureBuilt } from "./build-go.mjs";
import { makeBusyboxImage } from "./offline-image.mjs";
import { RECIPES } from "./recipes.mjs";

/**
 * The oldest accepted version of the user's Compose. It is the first version with all flags and events that the
 * emulator needs.
 */
const OLDEST_COMPOSE = "2.20.0";

/**
 * Returns the address of the Docker daemon, or the reason why no daemon answers. A program with another DOCKER_CONFIG
 * needs this address, because it does not know the user's contexts.
 * @returns {Promise<{ host: string } | { host: undefined, reason: string }>}
 */
export async function dockerDaemon() {
  const asked = await capture("docker", ["version", "--format", "{{.Server.Version}}"], { timeoutMs: 10_000 });
  if (asked.code === 127) return { host: undefined, reason: "there is no docker on PATH" };
  if (asked.code !== 0) return { host: undefined, reason: tail(asked.stderr, 1) };
  const context = await capture("docker", ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], {
    timeoutMs: 10_000,
  });
  return { host: process.env.DOCKER_HOST || context.stdout.trim() || "unix:///var/run/docker.sock" };
}

/**
 * Returns a `docker compose` plugin: the user's plugin if it is new enough, otherwise a plugin that is built from
 * `tools/go`.
 * @param {import("../run.mjs").Log} log
 * @returns {Promise<string>} the path of the plugin
 */
export async function ensureCompose(log) {
  const users = await usersCompose();
  if (users) return users;
  const why = "Docker has no compose plug-in of version 2";
  return join(await ensureBuilt(RECIPES.compose, { why, log, folder: "cli-plugins" }), RECIPES.compose.binary);
}

/**
 * Returns the newest `docker compose`, built from `tools/go`. Tests compare the Compose reader with it.
 * @param {import("../run.mjs").Log} log
 * @returns {Promise<string>} the path of the plugin
 */
export async function ensureNewestCompose(log) {
  const recipe = RECIPES.newestCompose;
  const why = "The Compose reader is compared with the newest docker compose";
  return join(await ensureBuilt(recipe, { why, log, folder: "cli-plugins" }), recipe.binary);
}

/** @returns {Promise<string | undefined>} */
async function usersCompose() {
  const { code, stdout } = await capture("docker", ["info", "--format", "{{json .ClientInfo.Plugins}}"], {
    timeoutMs: 15_000,
  });
  if (code !== 0) return undefined;
  /** @type {{ Name: string, Version?: string, Path?: string, Err?: string }[]} */
  const plugins = JSON.parse(stdout) ?? [];
  const compose = plugins.find(({ Name, Err }) => Name === "compose" && !Err);
  return isAtLeast(compose?.Version ?? "", OLDEST_COMPOSE) ? compose?.Path : undefined;
}

const IMAGE = "busybox:stable";

/**
 * Makes sure that the Docker daemon has the image that the examples use. If the image cannot be pulled, it is made from
 * a statically linked busybox.
 * @param {import("../run.mjs").Log} log
 */
export async function ensureImage(log) {
  const present = await capture("docker", ["image", "inspect", "--format", "{{.Id}}", IMAGE], { timeoutMs: 15_000 });
  if (present.code === 0) return;
  log(`Pulling the image ${IMAGE} …`);
  const pulled = await capture("docker", ["pull", IMAGE], { firstByteMs: 15_000, timeoutMs: 5 * 60_000 });
  if (pulled.code === 0) return;
  log(`It cannot be pulled (${tail(pulled.stderr, 1)}): making it from this machine's own busybox instead.`);
  const refused = await makeBusyboxImage(IMAGE);
  if (!refused) return;
  throw new ToolError(
    `The image ${IMAGE} cannot be pulled, and ${refused}. ` +
      "Let Docker reach its registry, or on Linux install the package busybox-static, and run this again.",
  );
}
