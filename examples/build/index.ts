import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";

const config = new pulumi.Config();
const registry = config.require("registry");
const username = config.require("registryUser");
const password = config.requireSecret("registryPassword");

// Builds the folder and pushes the image; a changed file builds it again.
const image = new dockerBuild.Image("image", {
  context: { location: "app" },
  tags: [`${registry}/team/report:latest`],
  push: true,
  registries: [{ address: registry, username, password }],
  buildOnPreview: false,
});

// Pulls the image and runs it. `ref` ends with the digest, so each new image starts a new run.
const report = new lyceum.ComposeExecution("report", {
  composeFile: "compose.yaml",
  images: { report: image.ref },
  registryCredentials: { type: "basic", username, password },
  waitFor: "completed",
});

export const rows = report.results.apply((results) => results?.rows);
