const first = require("pulumi-lyceum");
const second = require("./second/node_modules/pulumi-lyceum");

if (first.ComposeExecution === second.ComposeExecution) throw new Error("One copy only: this scenario shows nothing.");

const one = new first.ComposeExecution("one", { composeFile: "compose.yaml", waitFor: "completed" });
const two = new second.ComposeExecution(
  "two",
  { composeFile: "compose.yaml", waitFor: "completed" },
  { dependsOn: one },
);

exports.one = one.executionId;
exports.two = two.executionId;
exports.read = first
  .getExecutionOutput({ executionId: two.executionId })
  .apply(({ status, returnCode }) => ({ status, returnCode }));
exports.known = one.executionId.apply((executionId) => second.getExecution({ executionId })).status;
