import { createHash } from "node:crypto";

/** The label of everything that this engine creates. Its value is the {@link dataMark} of the work folder. */
export const MARK_LABEL = "pulumi-lyceum.emulator";
/** The label of everything that belongs to a run. The value of the label is the id of the execution. */
export const EXECUTION_LABEL = "pulumi-lyceum.execution";

/** A label of everything that belongs to a run. Its value is the `ownerText` of the process that started the run. */
export const OWNER_LABEL = "pulumi-lyceum.owner";

/** The names of one run on the daemon. Each run has its own execution id and its own project. */
export interface RunScope {
  readonly executionId: string;
  /** The Compose project name. All names of the run's containers, networks and volumes begin with this name. */
  readonly project: string;
  /** The {@link dataMark} of the engine's work folder. */
  readonly mark: string;
  /** The value of {@link OWNER_LABEL}. */
  readonly owner: string;
}

/**
 * Returns the mark of an engine, made from the path of its work folder. Because of this mark, two running emulators on
 * one machine do not remove each other's containers.
 *
 * @returns 12 hexadecimal characters
 */
export function dataMark(workFolder: string): string {
  return createHash("sha256").update(workFolder).digest("hex").slice(0, 12);
}

/** Returns the Compose project name of an execution. Every id is valid in a project name. */
export function projectName(executionId: string): string {
  return `lyceum-${executionId}`;
}

/** Returns the names of one execution in one engine. */
export function runScope(executionId: string, mark: string, owner: string): RunScope {
  return { executionId, project: projectName(executionId), mark, owner };
}

/** Returns the labels of everything that belongs to the run. */
export function runLabels(scope: RunScope): Readonly<Record<string, string>> {
  return { [MARK_LABEL]: scope.mark, [EXECUTION_LABEL]: scope.executionId, [OWNER_LABEL]: scope.owner };
}
