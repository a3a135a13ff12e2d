import { createHash } from "node:crypto";

/** Label of everything that this engine creates. Its value is the {@link dataMark} of the engine's work folder. */
export const MARK_LABEL = "pulumi-lyceum.emulator";
/** Label of everything of one run. Its value is the execution's id. */
export const EXECUTION_LABEL = "pulumi-lyceum.execution";

/** The names of one run on the daemon. No other run shares any of them. */
export interface RunScope {
  readonly executionId: string;
  /** Compose project name. It is the prefix of every container, network and volume of the run. */
  readonly project: string;
  /** See {@link dataMark}. */
  readonly mark: string;
}

/**
 * Names an engine by its work folder, so that two emulators on one machine never remove each other's containers.
 *
 * @returns 12 hexadecimal characters.
 */
export function dataMark(workFolder: string): string {
  return createHash("sha256").update(workFolder).digest("hex").slice(0, 12);
}

/** Compose project name of an execution: its id only has lower case letters, digits and `-`. */
export function projectName(executionId: string): string {
  return `lyceum-${executionId}`;
}

/** The scope of one execution under one engine. */
export function runScope(executionId: string, mark: string): RunScope {
  return { executionId, project: projectName(executionId), mark };
}

/** Labels of everything that belongs to the run. */
export function runLabels(scope: RunScope): Readonly<Record<string, string>> {
  return { [MARK_LABEL]: scope.mark, [EXECUTION_LABEL]: scope.executionId };
}
