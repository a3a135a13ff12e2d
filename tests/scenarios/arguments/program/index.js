const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

const output = pulumi.output("value");

/** Arguments by the name of the resource that gets them. */
const wrong = {
  "everything-wrong": {
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
  },
  "faulty-file": { composeFile: "compose.yaml" },
  "missing-file": { composeFile: "missing.yaml" },
  "output-in-strings": {
    composeFileCode: `services: {a: {image: "busybox:${output}"}}`,
    variables: { MODEL: `model-${output}` },
    triggers: [{ code: `${output}` }],
    fileName: `nightly ${output}`,
  },
  "wrong-source": { composeFileCode: "compose.yaml" },
  "text-as-path": { composeFile: "services: {a: {image: busybox}}" },
  "keys-of-compose": { image: "busybox", environment: { A: "1" }, command: "echo", gpu: "a100" },
  "no-arguments": undefined,
  "wrong-id": { existingExecutionId: "abc" },
  "two-sources": { composeFile: "compose.yaml", composeFileCode: "services: {}" },
};

const { name } = require("./settings.json");
new lyceum.ComposeExecution(name, wrong[name]);
