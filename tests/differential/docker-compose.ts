import { execFile } from "node:child_process";
import type { Project } from "./corpus";
import type { Json } from "./json";

/** The result for a project, from this package or from Compose: a model, or the reason of a refusal. */
export type Answer =
  | { readonly accepted: true; readonly model: Json }
  | { readonly accepted: false; readonly reasons: readonly string[] };

/** A release of Docker Compose that the tests compare with: the oldest that users have, or the newest. */
export type Release = "oldest" | "newest";

const PLUGINS: Readonly<Record<Release, string>> = {
  oldest: "LYCEUM_TEST_COMPOSE_PLUGIN",
  newest: "LYCEUM_TEST_NEWEST_COMPOSE",
};

/** Why a release of Compose cannot be called on this machine. */
export function whyNoCompose(release: Release = "oldest"): string | undefined {
  return process.env[PLUGINS[release]] ? undefined : `${PLUGINS[release]} is not set`;
}

/** The time limit for a call that hangs. On a busy machine, an ordinary call takes seconds. */
const longestCall = 120_000;
const largestPrint = 32 * 1024 * 1024;

/**
 * Calls the real `docker compose config` for the model of a project. The environment contains only the variables of the
 * project, `PATH`, and a separate `DOCKER_CONFIG`. So the user's variables and logins have no effect. No daemon is
 * used.
 */
export function askCompose(
  project: Pick<Project, "run">,
  folder: string,
  dockerConfig: string,
  release: Release = "oldest",
): Promise<Answer> {
  const { files, profiles, envFiles } = project.run;
  const flags = [
    ...(files[0] === "." ? [] : files.flatMap((file) => ["-f", file])),
    ...profiles.flatMap((profile) => ["--profile", profile]),
    ...envFiles.flatMap((file) => ["--env-file", file]),
  ];
  return new Promise((resolve, reject) => {
    const plugin = process.env[PLUGINS[release]] ?? "";
    const options = {
      cwd: folder,
      env: { ...project.run.variables, PATH: process.env.PATH, DOCKER_CONFIG: dockerConfig },
      timeout: longestCall,
      maxBuffer: largestPrint,
    };
    execFile(plugin, [...flags, "config", "--format", "json"], options, (error, stdout, stderr) => {
      if (error === null) resolve({ accepted: true, model: JSON.parse(stdout) });
      else if (typeof error.code === "number") resolve({ accepted: false, reasons: [reasonIn(stderr)] });
      else reject(new Error(`docker compose did not end by itself: ${error.message}`));
    });
  });
}

/** The text after the last warning, on one line. */
function reasonIn(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const warnings = lines.filter((line) => line.startsWith("time="));
  const last = warnings.at(-1);
  return lines
    .slice(last === undefined ? 0 : lines.lastIndexOf(last) + 1)
    .join(" ")
    .replace(/\s+/g, " ");
}
