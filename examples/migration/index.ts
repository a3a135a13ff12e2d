import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";

const config = new pulumi.Config();

// `up` waits until the migration has completed with success.
const migrate = new lyceum.ComposeExecution("migrate", {
  composeFile: "migrate.yaml",
  variables: { TARGET: config.require("schema") },
  timeout: 300,
  waitFor: "completed",
});

// What the migration reported.
export const schema = migrate.results.apply((results) => String(results?.schema ?? "unknown"));

// Starts after the migration, with its result.
const serve = new lyceum.ComposeExecution("serve", {
  composeFile: "serve.yaml",
  variables: { SCHEMA: schema },
  timeout: 600,
});

export const serving = serve.status;
