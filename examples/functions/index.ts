import * as lyceum from "pulumi-lyceum";

const job = new lyceum.ComposeExecution("job", {
  composeFile: "compose.yaml",
  waitFor: "completed",
  enableS3Mount: true,
  artifacts: { metrics: "functions/metrics.json" },
});
const { executionId } = job;

// With plain values a function asks at once, also at a preview.
export const credits = lyceum.getAccount().then((account) => account.credits);
export const machines = lyceum
  .getMachineTypes()
  .then(({ machineTypes }) => machineTypes.map((machine) => machine.hardwareProfile));
export const active = lyceum
  .listExecutions({ fileName: "job" })
  .then(({ executions }) => executions.map((run) => run.label));

// A function with an output waits for the run. At the first preview, its result is unknown.
export const machine = lyceum.getExecutionOutput({ executionId }).hardwareProfile;
export const seconds = lyceum.getExecutionTimingOutput({ executionId }).executingJob;
export const samples = lyceum
  .getExecutionMetricsOutput({ executionId, step: "1m" })
  .series.apply((series) => series.gpuUtilizationPercent?.length ?? 0);
// Secret, because a run may print a password.
export const lastLines = lyceum.getExecutionLogsOutput({ executionId, tail: 20 }).text;
// A file that the run has left in the bucket.
export const loss = lyceum.getStoredFileOutput({ artifact: job.artifacts.apply((files) => files?.metrics) }).json;
