const lyceum = require("pulumi-lyceum");
const { ComposeExecution } = require("pulumi-lyceum");

const train = new ComposeExecution("train", { composeFile: "compose.yaml", timeout: 300 });

exports.executionId = train.executionId;
exports.status = train.status;
exports.node = process.version;
exports.sameClass = lyceum.ComposeExecution === ComposeExecution;
