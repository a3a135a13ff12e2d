const { readFileSync } = require("node:fs");
const { ComposeExecution, Provider } = require("pulumi-lyceum/plugin");

const settings = JSON.parse(readFileSync("settings.json", "utf8"));
const provider = new Provider("other", settings);
const job = new ComposeExecution(
  "job",
  { composeFileCode: "x-lyceum-sim: {start: 0, run: 600}\nservices: {web: {image: busybox}}\n" },
  { provider },
);
exports.executionId = job.executionId;
