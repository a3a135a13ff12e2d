import * as pulumi from "@pulumi/pulumi";
import type * as ConfiguredClient from "../provider/hosts/configured-client";
import type * as LookUp from "../provider/hosts/look-up";

/** Arguments of {@link getExecution}. */
export interface GetExecutionArgs {
  /** Id of the run (`execution_id`). */
  executionId: string;
}

/** What the service tells of a run; what it leaves out is absent. */
export interface GetExecutionResult {
  /** Id of the run (`execution_id`). */
  executionId: string;
  /** Status word as it came (`status`). */
  status: string;
  /** Exit code (`return_code`). */
  returnCode?: number;
  /** ISO 8601 (`created_at`). */
  createdAt?: string;
  /** ISO 8601 (`start_time`). */
  startedAt?: string;
  /** ISO 8601 (`end_time`). */
  endedAt?: string;
  /** The machine (`hardware_profile`). */
  hardwareProfile?: string;
  /** The label with the start key in front (`file_name`). */
  fileName?: string;
}

/**
 * Reads one run by its id, at preview too. Needs the API key where the program runs. A run the service does not know is an
 * error (LYC3009).
 */
export function getExecution(args: GetExecutionArgs): Promise<GetExecutionResult> {
  // Asked for here and not above: most programs read no run, and these are nearly all there is to load.
  const { configuredClient } = require("../provider/hosts/configured-client") as typeof ConfiguredClient;
  const { lookUpExecution } = require("../provider/hosts/look-up") as typeof LookUp;
  const config = new pulumi.Config("lyceum");
  return lookUpExecution(configuredClient((key) => config.get(key)).client, args.executionId);
}

/** As {@link getExecution}, for an id that is an output; an unknown id at preview gives an unknown result. */
export function getExecutionOutput(args: { executionId: pulumi.Input<string> }): pulumi.Output<GetExecutionResult> {
  return pulumi.output(args.executionId).apply((executionId) => getExecution({ executionId }));
}
