const pulumi = require("@pulumi/pulumi");
const { ComposeExecution } = require("pulumi-lyceum");

// Languages without the class do not set this option. Without it, `--replace` creates first.
pulumi.runtime.registerStackTransformation(({ props, opts }) => ({
  props,
  opts: { ...opts, deleteBeforeReplace: undefined },
}));

const composeFileCode = "x-lyceum-sim: {start: 0, run: 600}\nservices: {web: {image: busybox}}\n";
const { replacementTrigger, waitFor, others } = require("./settings.json");
const job = new ComposeExecution("job", { composeFileCode, waitFor, timeout: 300 }, { replacementTrigger });
exports.executionId = job.executionId;
// The failing resource depends on the replacement. Otherwise its failure could stop the replacement at any moment.
for (const name of others) new ComposeExecution(name, { composeFileCode, timeout: 300 }, { dependsOn: job });
