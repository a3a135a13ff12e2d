const lyceum = require("pulumi-lyceum");

const job = new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", timeout: 300, waitFor: "completed" });

exports.executionId = job.executionId;
exports.status = job.status;
