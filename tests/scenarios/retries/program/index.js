const lyceum = require("pulumi-lyceum");

const job = new lyceum.ComposeExecution("job", {
  composeFile: "compose.yaml",
  waitFor: "completed",
  ...require("./settings.json"),
});

exports.status = job.status;
exports.attempt = job.attempt;
exports.failedBefore = job.retriedExecutionIds;
