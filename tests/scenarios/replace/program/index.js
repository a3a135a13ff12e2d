const lyceum = require("pulumi-lyceum");

const { options } = require("./settings.json");
const worker = new lyceum.ComposeExecution("worker", { composeFile: "compose.yaml", timeout: 300 }, options);

exports.executionId = worker.executionId;
