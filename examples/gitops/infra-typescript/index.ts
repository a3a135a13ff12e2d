import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";

const config = new pulumi.Config();

const migrate = new lyceum.ComposeExecution("migrate", {
  composeFile: "../compose/migrate.yaml",
  timeout: 120,
  waitFor: "completed",
});

const runWorker = new lyceum.ComposeExecution(
  "worker",
  { composeFile: "../compose/worker.yaml", timeout: config.getNumber("workerTimeout") ?? 300 },
  { dependsOn: migrate },
);

export const migration = migrate.status;
export const worker = runWorker.executionId;
