const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

const password = new pulumi.Config().requireSecret("password");
const composeFileCode = "x-lyceum-sim: {start: 0, run: 600}\nservices: {job: {image: busybox}}\n";

const plain = new lyceum.ComposeExecution("plain", { composeFileCode });
const given = new lyceum.ComposeExecution(
  "given",
  {
    composeFileCode: composeFileCode.replace(
      "image: busybox",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
      'image: busybox, environment: {PASSWORD: "${PASSWORD}"}',
    ),
    variables: { PASSWORD: password },
    registryCredentials: { type: "basic", username: "robot", password },
    executionType: "cpu",
    gracefulTimeout: 2,
    triggers: ["a", { set: 1 }],
    clocks: { queue: 600 },
    waitFor: "running",
    onDelete: "abort",
    diagnostics: { LYC2401: "off" },
  },
  { dependsOn: plain, customTimeouts: { create: "5m" } },
);
new lyceum.ComposeExecution("file", { composeFile: "compose.yaml" }, { dependsOn: given });
