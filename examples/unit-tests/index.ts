import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";

const config = new pulumi.Config();

export const prepare = new lyceum.ComposeExecution("prepare", {
  composeFile: "prepare.yaml",
  waitFor: "completed",
});

export const train = new lyceum.ComposeExecution("train", {
  composeFile: "train.yaml",
  executionType: config.get("machine") ?? "gpu.a100",
  variables: { ROWS: prepare.results.apply((results) => Number(results?.rows ?? 0)) },
});

export const url = pulumi.interpolate`https://runs.example.com/${train.executionId}`;
