import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../harness/root";

const MAIN = join(ROOT, "dist", "cli", "main.js");

/** Settings for writing a pipeline: those of the example, and other ones. */
export const SETTINGS: readonly (readonly string[])[] = [[], ["--cwd", ".", "--stacks", "test,on,eu-1.prod"]];

/** Runs `pulumi-lyceum ci init` in an empty folder, and passes the folder to `inspect`. */
export function withPipeline<Result>(args: readonly string[], inspect: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-init-"));
  try {
    execFileSync(process.execPath, [MAIN, "ci", "init", ...args], { cwd: folder, encoding: "utf8" });
    return inspect(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
