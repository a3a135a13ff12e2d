const lyceum = require("pulumi-lyceum");

const execution = new lyceum.ComposeExecution("stubborn", {
  timeout: 300,
  gracefulTimeout: 3,
  ...require("./settings.json"),
});

exports.executionId = execution.executionId;
