import * as pulumi from "@pulumi/pulumi";
import type * as ConfiguredClient from "../provider/hosts/configured-client";
import type * as Lookup from "../provider/hosts/lookup";
import type { GetExecutionArgs, GetExecutionResult } from "./functions";

/**
 * Reads one run by its id, at preview too. Needs the API key where the program runs. A run the service does not know is an
 * error (LYC3009). An id that is an output goes to {@link getExecutionOutput}; here it is an error (LYC4010).
 *
 * @example
 * ```ts
 * const run = lyceum.getExecution({ executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" });
 * export const status = run.then(({ status }) => status);
 * ```
 */
export async function getExecution(args: GetExecutionArgs): Promise<GetExecutionResult> {
  const executionId = plainId(args);
  // Asked for here and not above: most programs read no run, and these are nearly all there is to load.
  const { configuredClient } = require("../provider/hosts/configured-client") as typeof ConfiguredClient;
  const { lookUpExecution } = require("../provider/hosts/lookup") as typeof Lookup;
  const config = new pulumi.Config("lyceum");
  return lookUpExecution(configuredClient((key) => config.get(key)).client, executionId);
}

/**
 * As {@link getExecution}, for an id that is an output; an unknown id at preview gives an unknown result.
 *
 * @example
 * ```ts
 * const job = new lyceum.ComposeExecution("job", { composeFile: "compose.yaml" });
 * export const machine = lyceum.getExecutionOutput({ executionId: job.executionId }).hardwareProfile;
 * ```
 */
export function getExecutionOutput(args: { executionId: pulumi.Input<string> }): pulumi.Output<GetExecutionResult> {
  return pulumi.output(args.executionId).apply((executionId) => getExecution({ executionId }));
}

/** The id, where it is a text: a program in JavaScript may give anything, an output before all. */
function plainId(args: GetExecutionArgs | undefined): string {
  const id: unknown = args?.executionId;
  if (typeof id === "string") return id;
  if (pulumi.Output.isInstance(id) || id instanceof Promise) {
    throw new pulumi.RunError(
      "LYC4010: executionId of getExecution must be a text, not an output. Call getExecutionOutput({executionId: …}) instead, which takes an output.",
    );
  }
  throw new pulumi.RunError(
    "LYC4010: executionId must be the id of a run, a text. Call getExecutionOutput with the id that Lyceum returned, such as the resource's `executionId`.",
  );
}
