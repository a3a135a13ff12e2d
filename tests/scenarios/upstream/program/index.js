const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { ComposeExecution } = require("pulumi-lyceum");

const prepare = new ComposeExecution("prepare", { composeFile: "prepare.yaml", waitFor: "completed" });

// This value is known before anything runs. It changes with the files of `prepare`, but not with each run.
const madeOf = createHash("sha256").update(readFileSync("prepare.yaml")).digest("hex");

// `dependsOn` keeps the order. If an argument of `train` were an output of `prepare`, each new run of `prepare` would
// start `train` again.
new ComposeExecution(
  "train",
  { composeFile: "train.yaml", waitFor: "completed", triggers: [madeOf] },
  { dependsOn: prepare },
);
