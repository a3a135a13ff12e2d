const lyceum = require("pulumi-lyceum");

new lyceum.ComposeExecution("wrong", {
  composeFile: "compose.yaml",
  composeFileCode: "services: {}",
  executionType: "gpu-a100",
  timeout: 601,
  gracefulTimeout: 0.5,
  fileName: "two\nlines",
  enableS3Mount: "yes",
  userCallbackUrls: ["http://example.test/"],
  registryCredentials: { type: "basic", username: "someone", password: "" },
  triggers: "not a list",
  waitFor: "done",
  adoptEndedWithin: -1,
  onDelete: "keep",
  failureOutput: "no",
  clocks: { queue: 0, patience: 5 },
});

new lyceum.ComposeExecution("faulty-file", { composeFile: "compose.yaml" });
new lyceum.ComposeExecution("no-file", { composeFile: "missing.yaml" });
new lyceum.ComposeExecution("nothing", {});
