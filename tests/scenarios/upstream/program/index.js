const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { ComposeExecution } = require("pulumi-lyceum");

const prepare = new ComposeExecution("prepare", { composeFile: "prepare.yaml", waitFor: "completed" });

// Known before anything runs: it changes with what `prepare` is made of, not with each run of it.
const madeOf = createHash("sha256").update(readFileSync("prepare.yaml")).digest("hex");

// `dependsOn` keeps the order. An output of `prepare` among the arguments would start `train` after each new run of it.
new ComposeExecution(
  "train",
  { composeFile: "train.yaml", waitFor: "completed", triggers: [madeOf] },
  { dependsOn: prepare },
);
