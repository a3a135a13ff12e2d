import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Surface, UsageError } from "../../command";
import { CiError } from "../catalogue";
import type { RepositoryProject } from "../repository/projects";
import { outputTail } from "./tail";

/**
 * Returns whether `pulumi install` has to install anything. A program in YAML imports nothing. A Node.js program in
 * `root`, or without a `package.json` in its own folder, uses packages that `npm ci` has already installed.
 *
 * @param folder the folder of the program
 * @param root the folder of the command, in which `npm ci` ran
 */
export function needsInstall(
  { runtime }: Pick<RepositoryProject, "runtime">,
  folder: string,
  root: string,
  exists: (path: string) => boolean = existsSync,
): boolean {
  if (runtime === "yaml") return false;
  return runtime !== "nodejs" || (folder !== root && exists(join(folder, "package.json")));
}

/** The installations of this process. The stacks of a project share one installation. */
const installed = new Map<string, Promise<void>>();

/**
 * Runs `pulumi install` in the folder of a project, only once for each folder. Prints the output of the installation.
 */
export function installPackages(...[folder, surface, stopped]: Parameters<typeof install>): Promise<void> {
  const known = installed.get(folder) ?? install(folder, surface, stopped);
  installed.set(folder, known);
  return known;
}

async function install(
  folder: string,
  { print, printError, variable }: Pick<Surface, "print" | "printError" | "variable">,
  stopped: AbortSignal,
): Promise<void> {
  const child = spawn("pulumi", ["install", "--non-interactive", "--color", "never"], {
    cwd: folder,
    env: process.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => void child.kill("SIGINT");
  stopped.addEventListener("abort", stop);
  let errors = "";
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    print(text.trimEnd());
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
    printed += text;
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    if (errors.trim() !== "") printError(errors.trimEnd());
    if (code !== 0) throw new UsageError(failureOf(folder, printed, { variable }));
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") throw new CiError("LYC5002", "There is no `pulumi` on PATH.");
    throw error;
  } finally {
    stopped.removeEventListener("abort", stop);
  }
}

/**
 * Returns the error of a failed installation. The error contains the last lines of the output, because the summary and
 * the other stacks of the project show these lines.
 */
function failureOf(folder: string, printed: string, surface: Pick<Surface, "variable">): string {
  const tail = outputTail(surface);
  tail.add(printed);
  const failed = `\`pulumi install\` failed in ${folder}`;
  return tail.lines().length === 0 ? failed : `${failed}. It printed:\n${tail.lines().join("\n")}`;
}
