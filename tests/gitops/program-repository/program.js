const { readFileSync } = require("node:fs");
const { ComposeExecution } = require("pulumi-lyceum");
const pulumi = require("@pulumi/pulumi");

// The values that a pull request changes, in the folder of each project: references to other stacks, and runs.
const { references, executions } = JSON.parse(readFileSync("declared.json", "utf8"));
for (const name of references) {
  const stack = new pulumi.StackReference(`organization/${name}/dev`);
  exports[`of-${name}`] = stack.requireOutput("ready");
}
for (const [name, args] of Object.entries(executions)) new ComposeExecution(name, args);
exports.ready = true;
