/** `count` executions: the program that is measured. `settings.json` says how many and how long. */
const { ComposeExecution } = require("pulumi-lyceum");
const { composeText } = require("./compose-text.cjs");
const { count, lines, waitFor, runSeconds, spreadSeconds } = require("./settings.json");

for (let index = 0; index < count; index++) {
  new ComposeExecution(`run-${index}`, {
    composeFileCode: composeText({ lines, index, runSeconds: runSeconds + (spreadSeconds * index) / count }),
    executionType: "cpu",
    timeout: 600,
    waitFor,
  });
}
