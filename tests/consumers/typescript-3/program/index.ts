import * as pulumi from "@pulumi/pulumi";
// TypeScript 3.8 knows no inline `type`.
import type { ComposeExecutionArgs } from "pulumi-lyceum";
import * as lyceum from "pulumi-lyceum";
import { ComposeExecution } from "pulumi-lyceum";

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
