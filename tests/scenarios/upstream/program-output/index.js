const { ComposeExecution } = require("pulumi-lyceum");

const prepare = new ComposeExecution("prepare", { composeFile: "prepare.yaml", waitFor: "completed" });
new ComposeExecution("train", { composeFile: "train.yaml", waitFor: "completed", triggers: [prepare.returnCode] });
