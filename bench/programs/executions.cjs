/**
 * `count` executions: the program that is measured. `settings.json` says how many, how long, and through which host.
 */
const { composeText } = require("./compose-text.cjs");
const {
  count,
  lines,
  waitFor,
  runSeconds,
  spreadSeconds,
  host = "dynamic",
  files = false,
} = require("./settings.json");
const { ComposeExecution, StoredFiles } = require(host === "plugin" ? "pulumi-lyceum/plugin" : "pulumi-lyceum");

if (files) new StoredFiles("files", { source: "files" });
for (let index = 0; index < count; index++) {
  new ComposeExecution(`run-${index}`, {
    composeFileCode: composeText({ lines, index, runSeconds: runSeconds + (spreadSeconds * index) / count }),
    executionType: "cpu",
    timeout: 600,
    waitFor,
  });
}
