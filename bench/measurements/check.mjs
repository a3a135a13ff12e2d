// @ts-check
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
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
 * `pulumi-lyceum check` of a small project, compared with a Node process that does nothing.
 * @type {import("../main.mjs").Measurement}
 */
export const startOfCheck = {
  name: "check",
  measure: async ({ dir, packageDir }, { pairs, small }) => {
    const file = join(dir, "small.yaml");
    await writeFile(file, TEXT);
    const args = { ours: [join(packageDir, "dist", "cli", "main.js"), "check", file], baseline: ["-e", "0"] };
    const measured = await alternatingPairs(pairs * (small ? 1 : STARTS_PER_PAIR), (side) =>
      timed(process.execPath, args[side]),
    );
    const name = "`pulumi-lyceum check` of a small project / an empty Node process";
    return [ratio(name, measured, ({ seconds }) => seconds, 1.6)];
  },
};
