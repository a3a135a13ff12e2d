const lyceum = require("pulumi-lyceum");

const endless = new lyceum.ComposeExecution("endless", {
  composeFile: "compose.yaml",
  timeout: 3,
  gracefulTimeout: 1,
  waitFor: "completed",
});

exports.status = endless.status;
