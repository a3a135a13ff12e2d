const lyceum = require("pulumi-lyceum/plugin");
const { ComposeExecution } = require("pulumi-lyceum/plugin");

const train = new ComposeExecution("train", { composeFile: "compose.yaml", timeout: 300 });

exports.executionId = train.executionId;
exports.status = train.status;
exports.urn = train.urn;
exports.node = process.version;
exports.sameClass = lyceum.ComposeExecution === ComposeExecution;
