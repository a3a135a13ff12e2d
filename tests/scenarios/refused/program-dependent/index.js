const lyceum = require("pulumi-lyceum");

const common = { gracefulTimeout: 1, whenUnverified: "fail" };
const prepare = new lyceum.ComposeExecution("prepare", { composeFile: "compose.yaml", ...common });
new lyceum.ComposeExecution("train", { composeFile: "compose.yaml", triggers: [prepare.executionId], ...common });
