const { readFileSync } = require("node:fs");
const lyceum = require("pulumi-lyceum");
const pulumi = require("@pulumi/pulumi");

const job = new lyceum.ComposeExecution("job", {
  composeFileCode: pulumi.secret(readFileSync("compose.yaml", "utf8")),
  waitFor: "completed",
});
const { executionId } = job;

// Functions whose arguments are not outputs call Lyceum at once.
const machines = lyceum.getMachineTypes();
const account = lyceum.getAccount();
exports.machines = machines.then(({ machineTypes }) => machineTypes.map(({ hardwareProfile }) => hardwareProfile));
exports.isActive = account.then(({ isActive }) => isActive);

// These functions wait for the run. Their results are unknown in the first preview.
exports.status = lyceum.getExecutionOutput({ executionId }).status;
exports.phases = lyceum.getExecutionTimingOutput({ executionId }).apply(({ phases }) => Object.keys(phases));
exports.series = lyceum
  .getExecutionMetricsOutput({ executionId, step: "1m" })
  .apply(({ series }) => Object.keys(series));
const logs = lyceum.getExecutionLogsOutput({ executionId, tail: 1 });
exports.lastLine = logs.text;
exports.lines = logs.apply(({ lines }) => lines.length);
const found = lyceum.listExecutionsOutput({ state: executionId.apply(() => "all"), status: "completed" });
exports.labels = found.executions.apply((executions) => executions.map(({ label }) => label));
exports.complete = found.complete;
