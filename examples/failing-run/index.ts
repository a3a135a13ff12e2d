import * as lyceum from "pulumi-lyceum";

const nightly = new lyceum.ComposeExecution("nightly", {
  composeFile: "compose.yaml",
  timeout: 120,
  waitFor: "completed",
  // A page about the run, written whether it succeeds or fails.
  report: "reports/nightly.html",
});

export const status = nightly.status;
