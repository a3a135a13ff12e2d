const { readFileSync } = require("node:fs");
const lyceum = require("pulumi-lyceum");

const run = new lyceum.ComposeExecution("run", {
  composeFile: "deploy",
  localFiles: "upload",
  waitFor: "completed",
  timeout: 300,
  ...JSON.parse(readFileSync("settings.json", "utf8")),
});

exports.filesPrefix = run.filesPrefix;
