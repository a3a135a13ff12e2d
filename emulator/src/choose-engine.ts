import { join } from "node:path";
import type { Clock } from "./clock/clock";
import type { Engine } from "./engines/engine";
import type { RunEnd } from "./engines/simulated/run";

/** Which engine is taken when nobody says: docker where it works. `reason` says in words why it is not docker. */
export type EngineChoice = { readonly engine: "docker" } | { readonly engine: "simulated"; readonly reason: string };

/** Looks whether real containers can be run here. Never rejects. */
export async function chooseEngine(): Promise<EngineChoice> {
  const { dockerAvailable } = await import("./engines/docker/index.js");
  const docker = await dockerAvailable();
  return docker.available ? { engine: "docker" } : { engine: "simulated", reason: docker.reason };
}

/**
 * Makes the docker engine; its code is loaded only when it is wanted.
 * @throws when Docker or its compose plugin is not there, with the reason.
 */
export async function createDockerEngine(options: {
  readonly clock: Clock;
  readonly dataDirectory: string;
  readonly runEnd: RunEnd;
  readonly log: (line: string) => void;
}): Promise<Engine> {
  const { dataDirectory, ...rest } = options;
  const docker = await import("./engines/docker/index.js");
  return docker.createDockerEngine({ ...rest, workFolder: join(dataDirectory, "docker") });
}
