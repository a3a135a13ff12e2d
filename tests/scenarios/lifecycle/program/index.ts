import * as lyceum from "pulumi-lyceum";

const worker = new lyceum.ComposeExecution("worker", {
  composeFile: "compose.yaml",
  timeout: 300,
  fileName: "lifecycle",
});

export const executionId = worker.executionId;
export const status = worker.status;
export const streamingUrl = worker.streamingUrl;
export const attempt = worker.attempt;
export const timeout = worker.timeout;
export const gracefulTimeout = worker.gracefulTimeout;
export const startedAt = worker.startedAt;
