import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A way to break a built package, so that it can be seen that chaos finds it. */
export interface PlantedBug {
  readonly what: string;
  /** In the package's `dist`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The two faults that everything here is about. */
export const PLANTED_BUGS = {
  "no-lookup": {
    what: "starts without looking for a run of an interrupted command",
    file: "provider/execution/start-decision.js",
    from: "const mine = candidates(facts);",
    to: "const mine = [];",
  },
  "trusted-abort": {
    what: "takes an abort that was noted for a run that has ended",
    file: "provider/execution/abort.js",
    from: "const result = await poller.watch(",
    to: 'const result = again === undefined ? "ended" : await poller.watch(',
  },
} as const satisfies Readonly<Record<string, PlantedBug>>;

/** Changes one place of a copy of the package. */
export function breakPackage(packageDir: string, { file, from, to }: PlantedBug): void {
  const path = join(packageDir, "dist", file);
  const before = readFileSync(path, "utf8");
  const parts = before.split(from);
  if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times: ${from}`);
  writeFileSync(path, parts.join(to));
}
