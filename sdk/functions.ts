// Made by tools/generate-reference.mjs from the tables in provider/schema: change a row there, then `npm run generate`.
/**
 * Arguments of {@link getExecution}.
 *
 * @example
 * ```ts
 * const args: lyceum.GetExecutionArgs = { executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" };
 * ```
 */
export interface GetExecutionArgs {
  /** Id of the run. API field `execution_id`. */
  executionId: string;
}

/**
 * What {@link getExecution} returns. What Lyceum leaves out is absent.
 *
 * @example
 * ```ts
 * const succeeded = (run: lyceum.GetExecutionResult) => run.status === "completed" && (run.returnCode ?? 0) === 0;
 * ```
 */
export interface GetExecutionResult {
  /** Id of the run. API field `execution_id`. */
  executionId: string;
  /** Status as Lyceum reports it. API field `status`. */
  status: string;
  /** Exit code, once the run has ended and Lyceum reports one. API field `return_code`. */
  returnCode?: number;
  /** When the run was created, ISO 8601. API field `created_at`. */
  createdAt?: string;
  /** When the run started, ISO 8601. API field `start_time`. */
  startedAt?: string;
  /** When the run ended, ISO 8601. API field `end_time`. */
  endedAt?: string;
  /** The machine. API field `hardware_profile`. */
  hardwareProfile?: string;
  /** The label of the run, with its start key in front. API field `file_name`. */
  fileName?: string;
}
