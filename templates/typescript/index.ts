import * as lyceum from "pulumi-lyceum";

// One short run of a Compose project. `up` is done when it has completed with success.
const hello = new lyceum.ComposeExecution("hello", {
  composeFile: "compose.yaml",
  executionType: "cpu",
  timeout: 60,
  waitFor: "completed",
});

export const executionId = hello.executionId;
export const status = hello.status;
export const returnCode = hello.returnCode;
