import * as lyceum from "pulumi-lyceum";

const migration = new lyceum.ComposeExecution("migration", {
  composeFile: "compose.yaml",
  job: "migrate",
  waitFor: "completed",
  timeout: 300,
});

export const status = migration.status;
export const exitCode = migration.returnCode;
