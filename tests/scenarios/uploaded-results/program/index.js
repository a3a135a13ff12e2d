const lyceum = require("pulumi-lyceum");

const run = new lyceum.ComposeExecution("run", {
  composeFile: "deploy",
  localFiles: "upload",
  waitFor: "completed",
  timeout: 300,
});

exports.filesPrefix = run.filesPrefix;
