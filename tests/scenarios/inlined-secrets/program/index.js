const lyceum = require("pulumi-lyceum");

const run = new lyceum.ComposeExecution("run", {
  composeFile: "deploy",
  localFiles: "inline",
  waitFor: "completed",
});

exports.digest = run.composeDigest;
