// @ts-check
import { ToolError } from "../run.mjs";
import { dockerDaemon, ensureCompose, ensureImage } from "./docker.mjs";
import { ensurePulumiCli } from "./pulumi-cli.mjs";

/** @typedef {{ plugin: string, host: string }} DockerTools */

/**
 * Obtains the programs that the tests and the quickstart need.
 * @param {import("../run.mjs").Log} log
 */
export async function obtainAll(log) {
  const cli = await ensurePulumiCli(log);
  return { cli, ...(await obtainDocker(log)) };
}

/**
 * @param {import("../run.mjs").Log} log
 * @returns {Promise<{ docker: DockerTools } | { docker: undefined, reason: string }>}
 */
async function obtainDocker(log) {
  const daemon = await dockerDaemon();
  if (daemon.host === undefined) return { docker: undefined, reason: daemon.reason };
  try {
    const plugin = await ensureCompose(log);
    await ensureImage(log);
    return { docker: { plugin, host: daemon.host } };
  } catch (error) {
    if (error instanceof ToolError) return { docker: undefined, reason: error.message };
    throw error;
  }
}
