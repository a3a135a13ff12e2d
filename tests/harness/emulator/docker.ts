import { execFileSync } from "node:child_process";

/** The label that the emulator sets on everything that belongs to a run. Its value is the id of the execution. */
export const EXECUTION_LABEL = "pulumi-lyceum.execution";

/** Runs the docker CLI. Returns its output without the last line end. */
export function docker(...args: readonly string[]): string {
  return execFileSync("docker", args, {
    encoding: "utf8",
    env: { ...process.env, ...dockerHost() },
    timeout: 30_000,
    stdio: "pipe",
  }).trim();
}

/** The environment variable that selects the daemon for the tests, for a child process. */
export function dockerHost(): Readonly<Record<string, string>> {
  const host = process.env.LYCEUM_TEST_DOCKER_HOST;
  return host === undefined || host === "" ? {} : { DOCKER_HOST: host };
}

/** Sends a signal to a container. A container that has already ended is not an error. */
export function signal(container: string, name: string): void {
  try {
    docker("kill", "--signal", name, container);
  } catch (error) {
    if (!/is not running|no such container/i.test(String(error))) throw error;
  }
}

/** Containers, networks and volumes of a run, with a description of each. Stopped containers are included. */
export function belongings(executionId: string): readonly string[] {
  const filter = `label=${EXECUTION_LABEL}=${executionId}`;
  return [
    ...lines("container", docker("ps", "--all", "--filter", filter, "--format", "{{.Names}}")),
    ...lines("network", docker("network", "ls", "--filter", filter, "--format", "{{.Name}}")),
    ...lines("volume", docker("volume", "ls", "--filter", filter, "--format", "{{.Name}}")),
  ];
}

/** Names of a run's containers that are running. */
export function containersOf(executionId: string): readonly string[] {
  const filter = `label=${EXECUTION_LABEL}=${executionId}`;
  return docker("ps", "--filter", filter, "--format", "{{.Names}}")
    .split("\n")
    .filter((name) => name !== "");
}

function lines(kind: string, text: string): readonly string[] {
  return text === "" ? [] : text.split("\n").map((name) => `${kind} ${name}`);
}
