import { execFileSync } from "node:child_process";

/**
 * The label that the emulator sets on everything that belongs to a run. The value of the label is the id of the
 * execution.
 */
export const EXECUTION_LABEL = "pulumi-lyceum.execution";

/** Runs the docker CLI. Returns its output without the last line end. */
export function docker(...args: readonly string[]): string {
  return execFileSync("docker", args, {
    encoding: "utf8",
    env: { ...process.env, ...dockerHost() },
    timeout: 120_000,
    stdio: "pipe",
  }).trim();
}

/** Returns the variable that selects the daemon for the tests, for the environment of a child process. */
export function dockerHost(): Readonly<Record<string, string>> {
  const host = process.env.LYCEUM_TEST_DOCKER_HOST;
  return host === undefined || host === "" ? {} : { DOCKER_HOST: host };
}

/** Sends a signal to a container. If the container has already ended, this is not an error. */
export function signal(container: string, name: string): void {
  try {
    docker("kill", "--signal", name, container);
  } catch (error) {
    if (!/is not running|no such container/i.test(String(error))) throw error;
  }
}

/**
 * Returns the containers, networks and volumes of a run, with a description of each. Stopped containers are included.
 */
export function belongings(executionId: string): readonly string[] {
  const filter = `label=${EXECUTION_LABEL}=${executionId}`;
  return [
    ...lines("container", docker("ps", "--all", "--filter", filter, "--format", "{{.Names}}")),
    ...lines("network", docker("network", "ls", "--filter", filter, "--format", "{{.Name}}")),
    ...lines("volume", docker("volume", "ls", "--filter", filter, "--format", "{{.Name}}")),
  ];
}

/** Returns the names of the running containers of a run. */
export function containersOf(executionId: string): readonly string[] {
  const filter = `label=${EXECUTION_LABEL}=${executionId}`;
  return docker("ps", "--filter", filter, "--format", "{{.Names}}")
    .split("\n")
    .filter((name) => name !== "");
}

function lines(kind: string, text: string): readonly string[] {
  return text === "" ? [] : text.split("\n").map((name) => `${kind} ${name}`);
}
