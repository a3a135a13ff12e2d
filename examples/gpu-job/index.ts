import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";

const config = new pulumi.Config();

const train = new lyceum.ComposeExecution(
  "train",
  {
    composeFile: "compose.yaml",
    executionType: "gpu.a100",
    registryCredentials: {
      type: "basic",
      username: config.require("registryUser"),
      password: config.requireSecret("registryPassword"),
    },
    // Lyceum ends the run after this many seconds.
    timeout: 600,
    // Seconds from the stop signal to the kill: time to save a checkpoint.
    gracefulTimeout: 60,
    // The machine may be busy: wait for it up to half an hour.
    clocks: { queue: 1800 },
    // `destroy` lets the run finish when the stack is named "prod".
    onDelete: pulumi.getStack() === "prod" ? "leave" : "abort",
    // Another value starts a new run.
    triggers: [config.get("dataset") ?? "v1"],
  },
  // The longest that `up` and `destroy` wait for it.
  { customTimeouts: { create: "45m", delete: "5m" } },
);

export const run = train.executionId;
export const status = train.status;
