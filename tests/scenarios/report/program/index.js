const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

const job = new lyceum.ComposeExecution("job", {
  composeFile: "compose.yaml",
  variables: { DB_PASSWORD: new pulumi.Config().requireSecret("dbPassword") },
  waitFor: "completed",
  report: "out/job.html",
});

exports.failedService = job.failedService;
exports.services = job.services;
exports.cost = job.cost;
