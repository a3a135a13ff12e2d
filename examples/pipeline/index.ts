import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";

const config = new pulumi.Config();

// Has to succeed before anything that depends on it is created.
const prepare = new lyceum.ComposeExecution("prepare", {
  composeFile: "prepare.yaml",
  waitFor: "completed",
});

// The Compose text may contain outputs. This run only has to be running.
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
