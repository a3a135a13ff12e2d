const { readFileSync } = require("node:fs");
const { ComposeExecution } = require("pulumi-lyceum");
const pulumi = require("@pulumi/pulumi");

// What a pull request changes: the arguments of each execution.
const executions = JSON.parse(readFileSync("executions.json", "utf8"));
const made = {};
for (const [name, { fileAfter, ...args }] of Object.entries(executions)) {
  // The name of a file that is not known before another execution has started.
  const late = fileAfter && { variables: { FILE: made[fileAfter].executionId.apply(() => "secrets") } };
  made[name] = new ComposeExecution(name, {
    ...args,
    ...late,
    registryCredentials: {
      type: "basic",
      username: "robot",
      password: pulumi.secret(process.env.REGISTRY_PASSWORD),
    },
  });
}
