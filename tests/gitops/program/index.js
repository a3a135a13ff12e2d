const { readFileSync } = require("node:fs");
const { ComposeExecution } = require("pulumi-lyceum");
const pulumi = require("@pulumi/pulumi");

// What a pull request changes: the arguments of each execution.
const executions = JSON.parse(readFileSync("executions.json", "utf8"));
for (const [name, args] of Object.entries(executions)) {
  new ComposeExecution(name, {
    ...args,
    registryCredentials: {
      type: "basic",
      username: "robot",
      password: pulumi.secret(process.env.REGISTRY_PASSWORD),
    },
  });
}
