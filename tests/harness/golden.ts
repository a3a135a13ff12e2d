import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { diffLines } from "./lines";
import { ROOT } from "./root";

/**
 * Compares a narrative with its golden file; `UPDATE_GOLDEN=1` writes it instead.
 * @throws with a line diff when they differ, or when there is no golden file.
 */
export function compareGolden(path: string, narrative: string, update = process.env.UPDATE_GOLDEN === "1"): void {
  if (update) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, narrative);
    return;
  }
  const name = relative(ROOT, path);
  if (!existsSync(path)) throw new Error(`${name} does not exist. UPDATE_GOLDEN=1 writes it:\n\n${narrative}`);
  const diff = diffLines(readFileSync(path, "utf8"), narrative);
  if (diff === "") return;
  throw new Error(
    `The story is no longer the one in ${name} (- golden, + now; UPDATE_GOLDEN=1 accepts it):\n\n${diff}`,
  );
}
