const lyceum = require("pulumi-lyceum");

const job = new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", ...require("./settings.json") });

exports.status = job.status;
exports.returnCode = job.returnCode;
