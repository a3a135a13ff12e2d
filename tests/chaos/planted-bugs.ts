import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A bug that is added on purpose to a copy of the built package. Chaos must find the bug. */
export interface PlantedBug {
  /** The path of the changed file in the package's `dist`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The file with the whole provider, which Pulumi loads. */
const HOST = "provider/hosts/dynamic/host.js";

/** The bugs that chaos must find. */
export const PLANTED_BUGS = {
  "no-lookup": {
    file: HOST,
    from: "return[...byId.values()]",
    to: "return[]",
  },
  "trusted-abort": {
    file: HOST,
    from: "end=await poller.watch(",
    to: 'end=abort.acceptedAt()!==void 0?"ended":await poller.watch(',
  },
  "aborts-by-key": {
    file: HOST,
    from: '==="leave"?"leave":"report"',
    to: '==="leave"?"leave":"end"',
  },
} as const satisfies Readonly<Record<string, PlantedBug>>;

/** Adds the bug to a copy of the package. The text to replace must occur exactly once. */
export function breakPackage(packageDir: string, { file, from, to }: PlantedBug): void {
  const path = join(packageDir, "dist", file);
  const before = readFileSync(path, "utf8");
  const parts = before.split(from);
  if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times: ${from}`);
  writeFileSync(path, parts.join(to));
}
