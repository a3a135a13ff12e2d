import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";
import { ComposeExecution, type ComposeExecutionArgs } from "pulumi-lyceum";
import { type LyceumPolicy, type LyceumPolicyOptions, lyceumPolicies } from "pulumi-lyceum/policy";

const args: ComposeExecutionArgs = {
  composeFile: "compose.yaml",
  timeout: pulumi.output(300),
  waitFor: "running",
  clocks: { queue: 60 },
};
const train: lyceum.ComposeExecution = new ComposeExecution("train", args);

export const executionId: pulumi.Output<string> = train.executionId;
export const status: pulumi.Output<string> = train.status;
export const node = process.version;
export const sameClass = lyceum.ComposeExecution.isInstance(train);
const policies: (options?: LyceumPolicyOptions) => LyceumPolicy[] = lyceumPolicies;
export const policyEntry: string = typeof policies;
