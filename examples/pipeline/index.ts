import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";

const config = new pulumi.Config();

// Has to succeed before anything that depends on it is made.
const prepare = new lyceum.ComposeExecution("prepare", {
  composeFile: "prepare.yaml",
  waitFor: "completed",
});

// The compose text may be made of outputs. A run that is up and running is enough for this one.
const train = new lyceum.ComposeExecution("train", {
  composeFileCode: pulumi.interpolate`
services:
  train:
    image: busybox:stable
    command: ["sh", "-c", "echo Training after ${prepare.executionId}; sleep 300"]
x-lyceum-sim: {run: 300}
`,
  timeout: 600,
  gracefulTimeout: 30,
  registryCredentials: {
    type: "basic",
    username: config.require("registryUser"),
    password: config.requireSecret("registryPassword"),
  },
  triggers: [config.get("dataset") ?? "v1"],
});

export const prepared = prepare.status;
export const training = train.executionId;
