const pulumi = require("@pulumi/pulumi");
const { ComposeExecution } = require("pulumi-lyceum");

// As in a language without the class: without this option, `--replace` creates first.
pulumi.runtime.registerStackTransformation(({ props, opts }) => ({
  props,
  opts: { ...opts, deleteBeforeReplace: undefined },
}));

const composeFileCode = "x-lyceum-sim: {start: 0, run: 600}\nservices: {web: {image: busybox}}\n";
const { replacementTrigger, waitFor, others } = require("./settings.json");
const job = new ComposeExecution("job", { composeFileCode, waitFor, timeout: 300 }, { replacementTrigger });
exports.executionId = job.executionId;
// What fails does so behind the replacement, which a failure beside it could cut short at any moment.
for (const name of others) new ComposeExecution(name, { composeFileCode, timeout: 300 }, { dependsOn: job });
