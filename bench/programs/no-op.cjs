/** The baseline: as many dynamic resources that do nothing and record the same. */
const { NoOpExecution } = require("pulumi-no-ops");
const { composeText } = require("./compose-text.cjs");
const { count, lines, runSeconds, spreadSeconds } = require("./settings.json");
const template = require("./no-op.json");

for (let index = 0; index < count; index++) {
  new NoOpExecution(`run-${index}`, template, {
    composeFileCode: composeText({ lines, index, runSeconds: runSeconds + (spreadSeconds * index) / count }),
  });
}
