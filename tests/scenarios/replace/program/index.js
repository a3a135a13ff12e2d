const lyceum = require("pulumi-lyceum");

const { args, options } = require("./settings.json");
const worker = new lyceum.ComposeExecution("worker", { composeFile: "compose.yaml", timeout: 300, ...args }, options);

exports.executionId = worker.executionId;
