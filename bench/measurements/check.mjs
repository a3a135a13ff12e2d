// @ts-check
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { capture } from "../../tools/run.mjs";
import { ensureCompose } from "../../tools/setup/docker.mjs";
import { alternatingPairs, ratio } from "../figures.mjs";
import { timed } from "../processes.mjs";

/** Starts of each side. One takes a fraction of a second, so other work of the machine disturbs it much. */
const STARTS_PER_PAIR = 6;
const TEXT = `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
    environment:
      MODE: production
`;

/**
 * `pulumi-lyceum check` of a small project, compared with a Node process that does nothing, and with
 * `docker compose config -q` of the same project. That command is the client of Docker, which starts Compose twice.
 * @type {import("../main.mjs").Measurement}
 */
export const startOfCheck = {
  name: "check",
  measure: async ({ dir, packageDir, log }, { pairs, small }) => {
    const file = join(dir, "small.yaml");
    await writeFile(file, TEXT);
    const args = { ours: [join(packageDir, "dist", "cli", "main.js"), "check", file], baseline: ["-e", "0"] };
    const measured = await alternatingPairs(pairs * (small ? 1 : STARTS_PER_PAIR), (side) =>
      timed(process.execPath, args[side]),
    );
    const name = "`pulumi-lyceum check` of a small project / an empty Node process";
    const start = ratio(name, measured, ({ seconds }) => seconds, 1.6);
    if ((await capture("docker", ["--version"])).code !== 0) return [start];
    const env = { PATH: process.env.PATH, DOCKER_CONFIG: dirname(dirname(await ensureCompose(log))) };
    const compared = await alternatingPairs(pairs * (small ? 1 : STARTS_PER_PAIR), (side) =>
      side === "ours"
        ? timed(process.execPath, args.ours)
        : timed("docker", ["compose", "-f", file, "config", "-q"], { env }),
    );
    const other = "`pulumi-lyceum check` of a small project / `docker compose config -q`, CPU";
    return [start, ratio(other, compared, ({ cpuSeconds }) => cpuSeconds, 1.6)];
  },
};
