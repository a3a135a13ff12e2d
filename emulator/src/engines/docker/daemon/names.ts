import { createHash } from "node:crypto";

/** Label that everything of this engine carries; its value is the {@link dataMark} of the engine's work folder. */
export const MARK_LABEL = "pulumi-lyceum.emulator";
/** Label that everything of one run carries; its value is the execution's id. */
export const EXECUTION_LABEL = "pulumi-lyceum.execution";

/** What scopes one run on the daemon: nothing outside this run may share any of it. */
export interface RunScope {
  readonly executionId: string;
  /** Compose project name; prefix of every container, network and volume of the run. */
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

/** Compose project name of an execution: its id has lower case letters, digits and `-` only. */
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
