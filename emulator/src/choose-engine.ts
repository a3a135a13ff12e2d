import { execFile } from "node:child_process";
import type { Clock } from "./clock/clock";
import type { Engine } from "./engines/engine";
import type { RunEnd } from "./engines/simulated/run";

const probeMilliseconds = 5_000;

/** Whether a Docker daemon answers and `docker compose` works. Looks with the CLI, at most 5 s for each question. */
export async function isDockerUsable(): Promise<boolean> {
  const answers = await Promise.all([
    succeeds("docker", ["version", "--format", "{{.Server.Version}}"]),
    succeeds("docker", ["compose", "version", "--short"]),
  ]);
  return answers.every(Boolean);
}

/** What the docker engine is made with. */
export interface DockerEngineOptions {
  readonly clock: Clock;
  /** The engine may keep files of its own below it. */
  readonly dataDirectory: string;
  readonly runEnd: RunEnd;
  readonly log: (line: string) => void;
}

/** Loads the docker engine only when it is wanted, so that the emulator works on a machine without Docker. */
export async function createDockerEngine(options: DockerEngineOptions): Promise<Engine> {
  const path = "./engines/docker/index.js";
  const loaded = (await import(path)) as {
    readonly createDockerEngine: (options: DockerEngineOptions) => Promise<Engine>;
  };
  return loaded.createDockerEngine(options);
}

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: probeMilliseconds }, (error) => resolve(error === null));
  });
}
