import { execFileSync } from "node:child_process";
import type { Pipeline } from "../pipeline";

/** Runs Git in the folder of a pipeline, which is then a separate repository. */
export function git(pipeline: Pipeline, ...args: readonly string[]): void {
  const own = ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args];
  execFileSync("git", own, { cwd: pipeline.work.program, stdio: ["ignore", "ignore", "inherit"] });
}
