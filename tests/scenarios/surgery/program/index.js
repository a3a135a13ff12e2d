const { ComposeExecution } = require("pulumi-lyceum");

const job = new ComposeExecution("job", {
  composeFileCode: "x-lyceum-sim: {start: 0, run: 600}\nservices: {web: {image: busybox}}\n",
  timeout: 300,
});

exports.executionId = job.executionId;
