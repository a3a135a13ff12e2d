import { spawn } from "node:child_process";
import { dockerHost, EXECUTION_LABEL } from "./docker";

/** The end of one container, with its time by the daemon's clock. */
export interface Death {
  readonly service: string;
  readonly exitCode: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Records the ends of a run's containers from the daemon's events. The emulator removes the containers directly after
 * their ends, so they cannot be read later.
 */
export function watchDeaths(executionId: string): { observed(): readonly Death[]; stop(): void } {
  // The daemon also sends the events since this moment, because the docker CLI does not show when it begins to listen.
  const since = ["--since", String(Date.now() / 1000)];
  const filters = ["--filter", "event=die", "--filter", `label=${EXECUTION_LABEL}=${executionId}`];
  const child = spawn("docker", ["events", ...since, ...filters, "--format", "{{json .}}"], {
    env: { ...process.env, ...dockerHost() },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return {
    observed: () =>
      text
        .split("\n")
        .filter((line) => line !== "")
        .map(readDeath),
    stop: () => void child.kill("SIGTERM"),
  };
}

function readDeath(line: string): Death {
  const event = JSON.parse(line) as { timeNano: number; Actor: { Attributes: Readonly<Record<string, string>> } };
  const { Attributes } = event.Actor;
  return {
    service: Attributes["com.docker.compose.service"] ?? "",
    exitCode: Number(Attributes.exitCode),
    at: event.timeNano / 1e6,
  };
}
