// @ts-check
/** Obtains everything the tests and the quickstart need; one JSON line on standard output says where it is. */
import { fileURLToPath } from "node:url";
import { ROOT } from "../project.mjs";
import { runMain, ToolError } from "../run.mjs";
import { dockerDaemon, ensureCompose, ensureImage } from "./docker.mjs";
import { ensurePulumiCli } from "./pulumi-cli.mjs";

/**
 * @typedef {{ plugin: string, version: string, host: string, image: string }} DockerTools
 * @param {import("../run.mjs").Log} log
 * @returns {Promise<{ docker: DockerTools } | { docker: undefined, reason: string }>}
 */
export async function obtainDocker(log) {
  const daemon = await dockerDaemon();
  if (!daemon.reachable) return { docker: undefined, reason: daemon.reason };
  try {
    const { plugin } = await ensureCompose({ root: ROOT, log });
    const { image } = await ensureImage({ log });
    return { docker: { plugin, version: daemon.version, host: daemon.host, image } };
  } catch (error) {
    if (error instanceof ToolError) return { docker: undefined, reason: error.message };
    throw error;
  }
}

/** @param {import("../run.mjs").Log} log */
export async function obtainAll(log) {
  const cli = await ensurePulumiCli({ root: ROOT, log });
  return { cli, ...(await obtainDocker(log)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    console.log(JSON.stringify(await obtainAll((line) => console.error(line))));
    return 0;
  });
}
