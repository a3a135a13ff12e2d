import type { EngineRun } from "../engines/engine";
import type { StartBody } from "./execution";

/** Seconds a run may take when the start does not say (`timeout`). */
export const defaultTimeoutSeconds = 60;
/** Seconds of grace when the start does not say (`graceful_timeout`). */
export const defaultGraceSeconds = 10;
/** The machine when the start does not say (`execution_type`). */
export const defaultMachine = "cpu";

/** The machine that a start asks for. */
export function machineOf(body: StartBody): string {
  return text(body.execution_type) ?? defaultMachine;
}

/** The label of a start. */
export function fileNameOf(body: StartBody): string | null {
  return text(body.file_name) ?? null;
}

/**
 * What the engine is asked to run. The body has passed the contract, so a field of another type does not occur.
 * Only `basic` credentials reach the engine: those for ECR would first have to be exchanged with AWS.
 */
export function engineRun(executionId: string, body: StartBody): EngineRun {
  const username = text(body.docker_username);
  const password = text(body.docker_password);
  const basic = body.docker_registry_credential_type === "basic" && username !== undefined && password !== undefined;
  return {
    executionId,
    composeFileCode: text(body.compose_file_code) ?? "",
    timeoutSeconds: number(body.timeout) ?? defaultTimeoutSeconds,
    gracefulTimeoutSeconds: number(body.graceful_timeout) ?? defaultGraceSeconds,
    ...(basic ? { registryCredentials: { username, password } } : {}),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
