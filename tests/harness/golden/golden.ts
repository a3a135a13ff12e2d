import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { ROOT } from "../root";

/**
 * Compares a narrative (the text of a scenario) with its golden file. `UPDATE_GOLDEN=1` writes the file instead. The
 * plugin and containers have a separate file only if it differs from the file of the dynamic provider on the simulated
 * engine.
 * @throws with a line diff when they differ, or when there is no golden file.
 */
export function compareGolden(path: string, narrative: string, update = process.env.UPDATE_GOLDEN === "1"): void {
  const shared = sharedPath(path);
  if (update) {
    mkdirSync(dirname(path), { recursive: true });
    if (shared !== path && textOf(shared) === narrative) rmSync(path, { force: true });
    else writeFileSync(path, narrative);
    return;
  }
  const from = existsSync(path) ? path : shared;
  const name = relative(ROOT, from);
  const golden = textOf(from);
  if (golden === undefined) throw new Error(`${name} does not exist. UPDATE_GOLDEN=1 writes it:\n\n${narrative}`);
  try {
    expect(narrative).toBe(golden);
  } catch (error) {
    throw new Error(
      `The story is no longer the one in ${name}. UPDATE_GOLDEN=1 accepts it.\n\n${(error as Error).message}`,
    );
  }
}

/** The golden file of the dynamic provider on the simulated engine. `path` is the file of another host or engine. */
export function sharedPath(path: string): string {
  return path
    .replace(/\bgolden[\\/]plugin[\\/]/, "golden/")
    .replace(/\bdocker\.txt$/, "simulated.txt")
    .replace(/-plugin\.md$/, "-dynamic.md");
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
