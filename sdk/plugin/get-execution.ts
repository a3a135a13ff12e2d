import * as pulumi from "@pulumi/pulumi";
import { GET_EXECUTION_TOKEN } from "../../provider/hosts/tokens";
import type { GetExecutionArgs, GetExecutionResult } from "../functions";

/**
 * Reads one run by its id through the plugin, with the settings of its provider. A run that Lyceum does not know is an error
 * (LYC3009).
 *
 * @example
 * ```ts
 * import { getExecution } from "pulumi-lyceum/plugin";
 * const run = getExecution({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" });
 * export const status = run.then(({ status }) => status);
 * ```
 */
export function getExecution(args: GetExecutionArgs, opts: pulumi.InvokeOptions = {}): Promise<GetExecutionResult> {
  return pulumi.runtime.invoke(GET_EXECUTION_TOKEN, { executionId: args.executionId }, opts);
}

/**
 * As {@link getExecution}, for an id that is an output; an unknown id at preview gives an unknown result.
 *
 * @example
 * ```ts
 * import { ComposeExecution, getExecutionOutput } from "pulumi-lyceum/plugin";
 * const train = new ComposeExecution("train", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const startedAt = getExecutionOutput({ executionId: train.executionId }).startedAt;
 * ```
 */
export function getExecutionOutput(
  args: { executionId: pulumi.Input<string> },
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetExecutionResult> {
  return pulumi.runtime.invokeOutput(GET_EXECUTION_TOKEN, { executionId: args.executionId }, opts);
}
