import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../harness/root";

const MAIN = join(ROOT, "dist", "cli", "main.js");

/** A repository before `ci init`, and the options of the command. */
export interface PipelineSetting {
  readonly options: readonly string[];
  /** The value of `runtime` of each project, by its folder. */
  readonly runtimes: Readonly<Record<string, string>>;
}

/** Settings for writing a pipeline: those of the example, others, and projects in other languages. */
export const SETTINGS: readonly PipelineSetting[] = [
  { options: [], runtimes: {} },
  { options: ["--stacks", "test,on,eu-1.prod"], runtimes: { ".": "nodejs" } },
  {
    options: [],
    runtimes: {
      jobs: "{ name: python, options: { toolchain: uv } }",
      api: "python",
      go: "go",
      net: "dotnet",
      jvm: "java",
      web: "{ name: nodejs, options: { packagemanager: pnpm } }",
    },
  },
];

/** Runs `pulumi-lyceum ci init` in a new repository, and passes the folder to `inspect`. */
export function withPipeline<Result>(
  kind: string,
  { options, runtimes }: PipelineSetting,
  inspect: (folder: string) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-init-"));
  try {
    for (const [path, runtime] of Object.entries(runtimes)) {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, "Pulumi.yaml"), `name: project\nruntime: ${runtime}\n`);
    }
    execFileSync(process.execPath, [MAIN, "ci", "init", kind, ...options], { cwd: folder, encoding: "utf8" });
    return inspect(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
