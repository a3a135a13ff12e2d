const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

const { variables, password } = JSON.parse(readFileSync("declared.json", "utf8"));
const secrets = Object.entries(variables).map(([name, value]) => [name, pulumi.secret(value)]);

const run = new lyceum.ComposeExecution("run", {
  composeFile: "deploy",
  localFiles: "inline",
  variables: Object.fromEntries(secrets),
  registryCredentials: { type: "basic", username: "robot", password: pulumi.secret(password) },
  waitFor: "completed",
  report: "run.html",
});

exports.results = run.results;
