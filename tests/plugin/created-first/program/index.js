const { CustomResource } = require("@pulumi/pulumi");

// As a program in YAML declares it: without the class, which has Pulumi delete first.
const job = new CustomResource("lyceum:index:ComposeExecution", "job", {
  executionId: undefined,
  composeFileCode: "x-lyceum-sim: {start: 0, run: 600}\nservices: {web: {image: busybox}}\n",
});
exports.executionId = job.executionId;
