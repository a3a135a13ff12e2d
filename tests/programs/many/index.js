const { readFileSync } = require("node:fs");
const lyceum = require("pulumi-lyceum");

/**
 * Executions by name, as the scenario wrote them. `script` is for the emulator. `triggeredBy` names an earlier
 * execution whose id is a trigger. `after` names earlier executions that are registered first. All other keys are
 * arguments.
 */
const executions = JSON.parse(readFileSync("executions.json", "utf8"));
const made = {};

for (const [name, declared] of Object.entries(executions)) {
  const { image = "busybox:stable", script = {}, options = {}, triggeredBy, after = [], ...args } = declared;
  if (triggeredBy !== undefined) args.triggers = [made[triggeredBy].executionId];
  const document = { services: { job: { image } }, "x-lyceum-sim": script };
  // A run that is adopted by its id needs no text.
  const text = args.existingExecutionId === undefined ? { composeFileCode: JSON.stringify(document) } : {};
  // The longest timeout, because no run may end by itself on a slow machine.
  made[name] = new lyceum.ComposeExecution(
    name,
    { ...text, fileName: name, timeout: 600, ...args },
    { ...options, dependsOn: after.map((earlier) => made[earlier]) },
  );
}
